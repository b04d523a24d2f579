package policy

import (
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/schema/resolved"
)

const (
	actorType  types.EntityType = "Actor"
	roleType   types.EntityType = "Role"
	actionType types.EntityType = "Action"
)

var theActor = types.NewEntityUID(actorType, "it")

// world is what Cedar sees of one request: the actor, the object, and the
// roles and verbs, which are the same for all.
type world struct {
	actor, object types.Entity
	fixed         types.EntityMap
}

// Get implements [types.EntityGetter].
func (w *world) Get(uid types.EntityUID) (types.Entity, bool) {
	switch uid {
	case w.actor.UID:
		return w.actor, true
	case w.object.UID:
		return w.object, true
	}
	e, ok := w.fixed[uid]
	return e, ok
}

// fixedEntities are the roles and the verbs, each in the groups that hold it.
func fixedEntities(schema *resolved.Schema) types.EntityMap {
	fixed := types.EntityMap{}
	for uid, action := range schema.Actions {
		fixed[uid] = action.Entity
	}
	for _, r := range roles {
		var in []types.EntityUID
		for _, g := range groups {
			if groupBits[g.id]&roleBits[r.ID] != 0 {
				in = append(in, roleUID(g.id))
			}
		}
		uid := roleUID(r.ID)
		fixed[uid] = types.Entity{UID: uid, Parents: types.NewEntityUIDSet(in...)}
	}
	for _, g := range groups {
		uid := roleUID(g.id)
		fixed[uid] = types.Entity{UID: uid}
	}
	return fixed
}

func roleUID(id string) types.EntityUID { return types.NewEntityUID(roleType, types.String(id)) }

func actionUID(verb string) types.EntityUID {
	return types.NewEntityUID(actionType, types.String(verb))
}

func (f facts) request() types.Request { return f.requestWith(^fact(0)) }

// requestWith is the request with some facts of the relation: those that the rules
// read which are asked. A rule that reads another fails, and so denies.
func (f facts) requestWith(read fact) types.Request {
	relation := make(types.RecordMap, 8)
	relation["purpose"] = types.String(purposeID(f.purpose))
	for _, n := range relationFacts {
		if read&n.bit != 0 {
			relation[types.String(n.name)] = types.Boolean(f.holds&n.bit != 0)
		}
	}
	return types.Request{
		Principal: theActor,
		Action:    actionUID(f.verb),
		Resource:  types.NewEntityUID(types.EntityType(f.kind), "it"),
		Context:   types.NewRecord(relation),
	}
}

func (f facts) world(fixed types.EntityMap) *world { return f.worldWith(fixed, ^fact(0)) }

// worldWith is the world with some facts of the object's state.
func (f facts) worldWith(fixed types.EntityMap, read fact) *world {
	held := f.roles.ids()
	parents := make([]types.EntityUID, len(held))
	for i, id := range held {
		parents[i] = roleUID(id)
	}
	state := make(types.RecordMap, len(stateFacts)+1)
	state["sensitivity"] = types.Long(f.sensitivity)
	for _, n := range stateFacts {
		if read&n.bit != 0 {
			state[types.String(n.name)] = types.Boolean(f.holds&n.bit != 0)
		}
	}
	return &world{
		actor: types.Entity{
			UID:        theActor,
			Parents:    types.NewEntityUIDSet(parents...),
			Attributes: types.NewRecord(types.RecordMap{"clearance": types.Long(f.clearance)}),
		},
		object: types.Entity{
			UID:        types.NewEntityUID(types.EntityType(f.kind), "it"),
			Attributes: types.NewRecord(state),
		},
		fixed: fixed,
	}
}
