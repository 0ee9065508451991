package interlock.notification;

import interlock.model.ActionState;
import interlock.model.AuditState;
import interlock.model.PlanState;
import interlock.model.StoredState;
import interlock.neo4j.store.History.ActionChange;
import interlock.neo4j.store.History.Revision;
import interlock.neo4j.store.History.Standing;
import interlock.notification.DomainEvent.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The events of one revision, in order; always the same for a revision. A change of state is an {@code update}; the
 * start or the end of an execution is an additional event.
 *
 * @param first the first events
 * @param each one event for each of the plan's actions after that, in a compact form, because there may be very many
 * @param last the last events
 */
record DomainEvents(List<DomainEvent> first, Optional<Each> each, List<DomainEvent> last) {
    private static final String ACTION_UPDATE = "action.update";
    private static final Set<PlanState> RAN = EnumSet.of(PlanState.SUCCEEDED, PlanState.FAILED);
    private static final Set<PlanState> RUNS = EnumSet.of(PlanState.ONGOING, PlanState.CANCELLING);

    /** The same event for each of a plan's first {@code actions} actions. */
    record Each(String type, String plan, String planState, String state, int actions) {
        DomainEvent of(int number) {
            return new DomainEvent(
                    type, new Subject.NumberedAction(plan, planState, number), Optional.empty(), state, null);
        }
    }

    /** {@return the number of events} */
    int size() {
        return first.size() + each.map(Each::actions).orElse(0) + last.size();
    }

    /** {@return the event at an index, counted from 0} */
    DomainEvent get(int index) {
        if (index < first.size()) {
            return first.get(index);
        }
        int number = index - first.size();
        int actions = each.map(Each::actions).orElse(0);
        return number < actions ? each.orElseThrow().of(number) : last.get(number - actions);
    }

    /** {@return the events of a revision} */
    static DomainEvents of(Revision revision) {
        return switch (revision) {
            case Revision.OfPlan plan -> ofPlan(plan);
            case Revision.OfAudit audit -> new DomainEvents(ofAudit(audit), Optional.empty(), List.of());
        };
    }

    private static DomainEvents ofPlan(Revision.OfPlan revision) {
        String plan = revision.plan();
        StoredState<PlanState> state = revision.after().state();
        if (revision.before().isEmpty()) {
            Each created = new Each("action.create", plan, state.name(), ActionState.PENDING.name(), revision.total());
            return new DomainEvents(
                    List.of(ofPlan(revision, "action_plan.create", Optional.empty())), Optional.of(created), List.of());
        }
        List<DomainEvent> changes = changes(revision, revision.before().get());
        if (state.is(PlanState.DELETED)) {
            Each deleted = new Each("action.delete", plan, state.name(), state.name(), revision.total());
            return new DomainEvents(List.of(), Optional.of(deleted), changes);
        }
        List<DomainEvent> actions = new ArrayList<>();
        revision.actions().forEach(change -> actions.addAll(ofAction(revision, change)));
        return state.known().filter(PlanState::ended).isPresent()
                ? new DomainEvents(beginning(revision), Optional.empty(), concat(actions, changes))
                : new DomainEvents(changes, Optional.empty(), actions);
    }

    /** A plan may start and end in one revision: its start comes before the events of its actions. */
    private static List<DomainEvent> beginning(Revision.OfPlan revision) {
        StoredState<PlanState> before = revision.before().orElseThrow().state();
        StoredState<PlanState> after = revision.after().state();
        boolean ends =
                !before.equals(after) && after.known().filter(RAN::contains).isPresent();
        return ends && before.known().filter(RUNS::contains).isEmpty()
                ? List.of(ofPlan(revision, "action_plan.execution.start", Optional.empty()))
                : List.of();
    }

    private static List<DomainEvent> concat(List<DomainEvent> first, List<DomainEvent> second) {
        List<DomainEvent> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<DomainEvent> changes(Revision.OfPlan revision, Standing before) {
        List<DomainEvent> changes = new ArrayList<>();
        if (!before.equals(revision.after())) {
            changes.add(ofPlan(
                    revision, "action_plan.update", Optional.of(before.state().name())));
        }
        if (!before.state().equals(revision.after().state())) {
            phases(before.state(), revision.after().state())
                    .forEach(type -> changes.add(ofPlan(revision, type, Optional.empty())));
        }
        return changes;
    }

    /** {@return the events of a plan's change of state in addition to the update} */
    private static List<String> phases(StoredState<PlanState> before, StoredState<PlanState> after) {
        return after.known().map(state -> phases(before, state)).orElse(List.of());
    }

    private static List<String> phases(StoredState<PlanState> before, PlanState after) {
        boolean cancelling = before.is(PlanState.CANCELLING);
        return switch (after) {
            case ONGOING -> List.of("action_plan.execution.start");
            case CANCELLING -> List.of("action_plan.cancel.start");
            case SUCCEEDED -> List.of("action_plan.execution.end");
            case FAILED -> List.of(cancelling ? "action_plan.cancel.error" : "action_plan.execution.error");
            case CANCELLED -> {
                if (cancelling) {
                    yield List.of("action_plan.cancel.end");
                }
                yield before.is(PlanState.ONGOING)
                        ? List.of("action_plan.cancel.start", "action_plan.cancel.end")
                        : List.of();
            }
            case DELETED -> List.of("action_plan.delete");
            case RECOMMENDED, PENDING, SUPERSEDED -> List.of();
        };
    }

    private static DomainEvent ofPlan(Revision.OfPlan revision, String type, Optional<String> before) {
        return new DomainEvent(
                type,
                new Subject.Plan(revision.plan()),
                before,
                revision.after().state().name(),
                revision.after().message());
    }

    private static List<DomainEvent> ofAction(Revision.OfPlan revision, ActionChange change) {
        Subject subject =
                new Subject.Action(revision.plan(), revision.after().state().name(), change.uuid(), change.attempt());
        boolean cancelling = revision.before().orElseThrow().state().is(PlanState.CANCELLING);
        return types(change, cancelling).stream()
                .map(type -> new DomainEvent(
                        type,
                        subject,
                        type.equals(ACTION_UPDATE) ? change.before().map(StoredState::name) : Optional.empty(),
                        change.after().name(),
                        change.message()))
                .toList();
    }

    private static List<String> types(ActionChange change, boolean cancelling) {
        if (change.before().isEmpty()) {
            return List.of("action.create");
        }
        if (change.aborting()) {
            return List.of("action.cancel.start");
        }
        boolean ran = change.before().get().is(ActionState.ONGOING);
        return change.after()
                .known()
                .flatMap(after -> phase(after, ran, cancelling))
                .map(phase -> List.of(ACTION_UPDATE, phase))
                .orElse(List.of(ACTION_UPDATE));
    }

    /** {@return the event of an action's change of state in addition to the update} */
    private static Optional<String> phase(ActionState after, boolean ran, boolean cancelling) {
        return switch (after) {
            case ONGOING -> Optional.of("action.execution.start");
            case SUCCEEDED -> Optional.of("action.execution.end");
            case FAILED -> Optional.of(cancelling ? "action.cancel.error" : "action.execution.error");
            case CANCELLED -> ran ? Optional.of("action.cancel.end") : Optional.empty();
            case PENDING, SKIPPED, STANDBY -> Optional.empty();
        };
    }

    private static List<DomainEvent> ofAudit(Revision.OfAudit revision) {
        if (revision.before().isEmpty()) {
            return List.of(ofAudit(revision, "audit.create", Optional.empty()));
        }
        List<DomainEvent> changes = new ArrayList<>();
        StoredState<AuditState> before = revision.before().get();
        StoredState<AuditState> after = revision.after();
        boolean failed = after.is(AuditState.FAILED);
        boolean ran = !before.equals(after) && (failed || after.is(AuditState.SUCCEEDED));
        if (ran && before.is(AuditState.PENDING)) {
            changes.add(ofAudit(revision, "audit.strategy.start", Optional.empty()));
        }
        if (ran) {
            changes.add(ofAudit(revision, "audit.strategy.end", Optional.empty()));
            changes.add(ofAudit(revision, "audit.planner.start", Optional.empty()));
            String outcome = failed ? "audit.planner.error" : "audit.planner.end";
            changes.add(ofAudit(revision, outcome, Optional.empty()));
        }
        changes.add(ofAudit(revision, "audit.update", Optional.of(before.name())));
        if (after.is(AuditState.DELETED)) {
            changes.add(ofAudit(revision, "audit.delete", Optional.empty()));
        }
        return changes;
    }

    private static DomainEvent ofAudit(Revision.OfAudit revision, String type, Optional<String> before) {
        return new DomainEvent(
                type,
                new Subject.Audit(revision.audit()),
                before,
                revision.after().name(),
                revision.message());
    }
}
