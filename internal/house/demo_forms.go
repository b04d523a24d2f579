package house

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/template"
	"github.com/medward/medward/kit/synth"
)

// settleForms releases the definitions that come with the program: the quality office
// submits each, and medical affairs releases it.
func (s *settler) settleForms(ctx context.Context) error {
	all, err := template.Starters()
	if err != nil {
		return err
	}
	author, approver := s.as(ctx, s.anybody(synth.Quality), "quality"), s.as(ctx, s.anybody(synth.MedicalAffairs), "management")
	for _, c := range all {
		v, err := s.house.Templates.Write(author, c)
		if err == nil {
			v, err = s.house.Templates.Submit(author, v.ID, v.Rev)
		}
		if err == nil {
			_, err = s.house.Templates.Release(approver, v.ID, v.Rev, time.Time{})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.Definition.Key, err)
		}
	}
	return nil
}
