package handover

import "context"

func readObservations(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	last, _ := after[0].(string)
	found, err := src.records.ObservedAfter(ctx, src, src.org, last, limit)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, o := range found {
		made, err := shapes["observation"].make([]any{
			o.ID, o.Patient, o.Encounter, o.Code, o.Flag, o.Department, o.Source, int64(o.Sensitivity), int64(o.Rev), when(o.At), when(o.CreatedAt), o.Finding,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

func readOrders(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	last, _ := after[0].(string)
	found, err := src.records.OrderedAfter(ctx, src, src.org, last, limit)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, o := range found {
		made, err := shapes["order"].make([]any{
			o.ID, o.Patient, o.Encounter, o.Kind, o.State, o.Department, o.Source, int64(o.Sensitivity), int64(o.Rev), when(o.At), when(o.CreatedAt), o.Instruction,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}
