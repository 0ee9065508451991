package interlock.neo4j.view;

import interlock.model.ActionState;
import interlock.model.OnFailure;
import interlock.model.PathState;
import interlock.model.PlanState;
import interlock.model.StoredState;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Detail;
import interlock.neo4j.view.Diagnosis.Member;
import interlock.neo4j.view.Diagnosis.PathRef;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * The state that a diagnosis of an action depends on.
 *
 * @param asked the action and its plan
 * @param parents its open parents
 * @param shortages the resources without enough free units
 * @param appliers the registered appliers
 * @param path its alternative path
 * @param failedBefore the failed actions that caused its cancellation
 * @param cancelled the actions that were cancelled because it failed
 */
record DiagnosisInput(
        Asked asked,
        Detail.Parents parents,
        List<Detail.Shortage> shortages,
        List<Member> appliers,
        Optional<OwnPath> path,
        List<ActionRef> failedBefore,
        Impact.Cancelled cancelled) {

    /**
     * An action's path: the running actions that it waits for, if activated, and the first actions that it replaces.
     */
    record OwnPath(PathRef path, boolean holding, List<ActionRef> awaited, List<ActionRef> replaced) {}

    /** An action and its plan. */
    record Asked(
            ActionRef action,
            String planUuid,
            PlanState planState,
            Optional<Instant> planNotBefore,
            boolean paused,
            boolean stopping,
            OnFailure onFailure,
            Instant now,
            Optional<Instant> since,
            Optional<String> message,
            int attempt,
            int failures,
            Optional<Instant> notBefore,
            Optional<String> applier,
            Optional<String> blockedBy,
            Optional<String> abort,
            Optional<String> replacedBy,
            Optional<PathRef> successor,
            boolean revert,
            boolean reverted,
            boolean rollingBack,
            List<String> requestIds) {
        static Asked read(MapAccessor row) {
            Value action = row.get("action");
            Value plan = row.get("plan");
            return new Asked(
                    DiagnosisInput.action(action),
                    plan.get("uuid").asString(),
                    PlanState.valueOf(plan.get("state").asString()),
                    time(plan.get("notBefore")),
                    plan.get("paused").asBoolean(false),
                    plan.get("stopping").asBoolean(false),
                    OnFailure.valueOf(plan.get("onFailure").asString().toUpperCase(Locale.ROOT)),
                    row.get("now").asZonedDateTime().toInstant(),
                    time(row.get("since")),
                    text(action.get("statusMessage")),
                    action.get("attempt").asInt(0),
                    action.get("failures").asInt(0),
                    time(action.get("notBefore")),
                    text(action.get("applier")),
                    text(action.get("blockedBy")),
                    text(action.get("abort")),
                    text(action.get("replacedBy")),
                    Optional.of(row.get("successor"))
                            .filter(path -> !path.isNull())
                            .map(DiagnosisInput::path),
                    !action.get("reverts").isNull() && action.get("pathUuid").isNull(),
                    action.get("reverted").asBoolean(false),
                    !plan.get("rollBack").isNull(),
                    row.get("requestIds").isNull()
                            ? List.of()
                            : row.get("requestIds").asList(Value::asString));
        }

        String id() {
            return action.id();
        }

        ActionState state() {
            return action.state();
        }
    }

    static ActionRef action(MapAccessor row) {
        return new ActionRef(
                row.get("uuid").asString(),
                row.get("id").asString(),
                ActionState.valueOf(row.get("state").asString()));
    }

    static PathRef path(Value value) {
        return new PathRef(
                value.get("uuid").asString(),
                value.get("name").asString(""),
                value.get("rank").asInt(0),
                StoredState.of(PathState.class, value.get("state").asString()));
    }

    static Optional<String> text(Value value) {
        return value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }

    static Optional<Instant> time(Value value) {
        return value.isNull()
                ? Optional.empty()
                : Optional.of(value.asZonedDateTime().toInstant());
    }
}
