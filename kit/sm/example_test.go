package sm_test

import (
	"fmt"

	"github.com/medward/medward/kit/sm"
)

func ExampleKey() {
	secret := sm.NewSecret()
	key, err := sm.NewKey(secret, "letter", sm.SM4GCM)
	if err != nil {
		panic(err)
	}
	sealed := key.Seal([]byte("阿司匹林 100mg"), []byte("envelope 7"))
	opened, err := key.Open(sealed, []byte("envelope 7"))
	fmt.Println(string(opened), err)
	_, err = key.Open(sealed, []byte("envelope 8"))
	fmt.Println(err)
	// Output:
	// 阿司匹林 100mg <nil>
	// sm: sealed bytes do not open
}

func ExampleSigningKey() {
	key, err := sm.GenerateSigningKey()
	if err != nil {
		panic(err)
	}
	signature, err := key.Sign([]byte("出院小结"))
	if err != nil {
		panic(err)
	}
	fmt.Println(key.Public().Verify([]byte("出院小结"), signature), key.Public().Verify([]byte("入院小结"), signature))
	// Output: true false
}
