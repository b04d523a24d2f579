package patient

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// aroundOperation is how long before and after the planned time an operation opens all
// of its patient to those whom the list names: the visit on the day before, and the
// first night.
const aroundOperation = aDay

// onOperationList ties somebody to the patients for whom a list of operations names him,
// about the time of the operation. What he took on himself as one of the department, and
// an operation that no list numbers, does not.
func onOperationList(ctx context.Context, r db.Reader, live []Relation, at time.Time) (map[string]policy.Tie, error) {
	found := map[string]policy.Tie{}
	for _, relation := range live {
		if relation.Source != fromRequisition || !slices.Contains(operationRoles, relation.Role) {
			continue
		}
		planned, err := requisitions.Select(ctx, r, `WHERE org = $1 AND patient = $2 AND until > $3 AND kind = $4 AND number <> '' AND state <> $5
			AND planned > $6 AND planned <= $7 AND EXISTS (SELECT 1 FROM patient_performer p
			WHERE p.org = patient_requisition.org AND p.requisition = patient_requisition.id AND p.relation = $8)`,
			relation.Org, relation.Patient, at.UnixMicro(), Operation, CalledOff, at.Add(-aroundOperation).UnixMicro(), at.Add(aroundOperation).UnixMicro(), relation.ID)
		if err != nil {
			return nil, err
		}
		for _, q := range planned {
			// Whom the list names is called in the act that lists; who takes it on, later.
			if !relation.Since.Equal(q.Since) {
				continue
			}
			found[q.Patient] = policy.Tie{
				Kind: policy.TieTheatre, ID: q.ID, Role: relation.Role, Source: cmp.Or(q.Source, fromRequisition),
				Since: q.Planned.Add(-aroundOperation), Until: q.Planned.Add(aroundOperation),
			}
		}
	}
	return found, nil
}
