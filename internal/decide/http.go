package decide

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

const tag = "decide"

// Routes adds the operations of the gate.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/decide", ID: "decide", Verb: "decide.ask", Tag: tag, MaxBody: 16 << 10,
		Summary: "Tell a foreign system whether somebody may do something there"}, room.postQuestion)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/decide/batch", ID: "decideBatch", Verb: "decide.ask", Tag: tag,
		Summary: "Answer up to 200 questions that share a purpose and a place, in their order"}, room.postQuestions)
	room.routesAfterwards(s)
	room.routesLaunch(s)
}

type answerOut struct{ Body AnsweredBody }

func (room *Room) postQuestion(ctx context.Context, in *struct{ Body AskingBody }) (*answerOut, error) {
	answered, err := room.Ask(ctx, in.Body.asking(in.Body.QuestionBody))
	if err != nil {
		return nil, err
	}
	return &answerOut{AnsweredBody{wireAnswer(answered.Answers[0]), answered.Account}}, nil
}

type answersOut struct{ Body AnswersBody }

func (room *Room) postQuestions(ctx context.Context, in *struct{ Body BatchBody }) (*answersOut, error) {
	answered, err := room.Ask(ctx, in.Body.asking(in.Body.Questions...))
	if err != nil {
		return nil, err
	}
	out := &answersOut{AnswersBody{Answers: make([]AnswerBody, len(answered.Answers)), Account: answered.Account}}
	for i, a := range answered.Answers {
		out.Body.Answers[i] = wireAnswer(a)
	}
	return out, nil
}
