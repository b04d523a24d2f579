package vault

import "github.com/medward/medward/internal/base/fault"

// How the vault fails. A key that was destroyed is told from content that was
// altered: the first is an answer, the second an incident.
var (
	PassphraseWrong = fault.Define("vault.passphrase-wrong", fault.Invalid,
		"密钥环口令不正确，密钥环未打开。请核对口令或口令文件后重试。",
		"The passphrase does not open the keyring. Check the passphrase or its file and try again.",
		"the keyring file itself is undamaged; check --passphrase-file, its encoding and trailing spaces")
	PassphraseWeak = fault.Define("vault.passphrase-weak", fault.Invalid,
		"密钥环口令至少需要 {least} 个字节。",
		"The passphrase of the keyring must have at least {least} bytes.",
		"use a random passphrase from a password manager or a hardware token")
	KeyringMissing = fault.Define("vault.keyring-missing", fault.Unavailable,
		"找不到密钥环文件 {path}。没有它，任何病历内容都无法打开。",
		"There is no keyring at {path}. Without it no content can be opened.",
		"mount or restore the newest keyring; a new one cannot open existing content")
	KeyringExists = fault.Define("vault.keyring-exists", fault.Conflict,
		"{path} 已存在密钥环，不会被覆盖。",
		"There is a keyring at {path} already; it is never overwritten.",
		"choose another path, or open the keyring that is there")
	KeyringDamaged = fault.Define("vault.keyring-damaged", fault.Unavailable,
		"密钥环文件 {path} 已损坏或不是密钥环，请用最新的密钥备份恢复。",
		"The file {path} is damaged or no keyring. Restore it from the newest key export.",
		"the checksum, the format or a parameter of the file is wrong; compare it with the newest key export")
	KeyringExposed = fault.Define("vault.keyring-exposed", fault.Invalid,
		"文件 {path} 可被其他系统用户读取，请将权限改为 0600。",
		"Other users of the machine can read {path}. Set its permissions to 0600.",
		"chmod 600 the file, and change the passphrase if anybody may have read it")
	KeyInsideData = fault.Define("vault.key-inside-data", fault.Invalid,
		"密钥文件 {path} 位于数据或备份目录 {folder} 之内：一份备份就会同时带走数据和密钥。请把密钥文件移到目录之外。",
		"The key file {path} lies inside the data or backup folder {folder}, so one copy would take data and key together. Move the key file elsewhere.",
		"only a demo store may keep its key beside its data")
	KeyDestroyed = fault.Define("vault.key-destroyed", fault.NotFound,
		"该对象的数据密钥已销毁，内容无法再打开。",
		"The data key of this subject was destroyed; its content can no longer be opened.",
		"expected after a destruction; after a restore, import the newest key export into the restored database")
	KeyUnknown = fault.Define("vault.key-unknown", fault.Unavailable,
		"密钥环比数据库旧，缺少第 {epoch} 期密钥。请恢复最新的密钥环。",
		"The keyring is older than the database and lacks the key of epoch {epoch}. Restore the newest keyring.",
		"the keyring was restored from an old copy, or another node rotated the keys of a keyring that is not shared")
	ContentTampered = fault.Define("vault.content-tampered", fault.Internal,
		"密封内容校验失败：内容被改动、截断或移动过。内容未显示，请立即联系信息科。",
		"Sealed content failed its check: it was altered, cut short or moved. It is not shown; call the IT department at once.",
		"treat as an incident; run `medward ledger verify` to find what was changed behind the system")
	BlobMissing = fault.Define("vault.blob-missing", fault.Unavailable,
		"附件 {blob} 不在附件存储中。",
		"The attachment {blob} is not in the blob storage.",
		"check that the blob storage is mounted; otherwise restore the file from a backup")
	SigningEnded = fault.Define("vault.signing-ended", fault.Conflict,
		"签名会话已结束，请重新验证身份后再签名。",
		"The signing session is over. Confirm who you are and sign again.",
		"expected after sign-out or when the session's time is up")
)
