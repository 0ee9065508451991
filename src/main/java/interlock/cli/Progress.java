package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.PlanProgress;
import interlock.cli.terminal.Table;
import interlock.model.ActionState;
import interlock.model.PlanState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The progress of a plan, according to its changes so far. */
final class Progress {
    private final ApiAnswers.Plan plan;
    /** How many failed actions are kept: the latest. */
    private static final int FAILURES = 3;

    private final Deque<Failed> failed = new ArrayDeque<>();
    private final Map<String, Running> running = new LinkedHashMap<>();

    private PlanState state;
    private boolean paused;
    private @Nullable String message;
    private PlanProgress counts;
    private boolean rolledBack;
    private @Nullable Instant startedAt;
    private @Nullable PlanForecast expected;

    /**
     * An action that has failed for good.
     *
     * @param message the reason
     */
    record Failed(String id, String message) {}

    /**
     * A running action.
     *
     * @param id its name in the plan
     * @param attempt the number of its attempt
     * @param since when the attempt began
     * @param share the attempt's reported progress, from 0 to 1; null if unknown
     */
    record Running(
            String id, int attempt, Instant since, @Nullable Double share) {
        private static Running of(ApiAnswers.ActionChange action, Instant since) {
            return new Running(action.id(), action.attempt(), since, action.progress());
        }

        private Running after(ApiAnswers.ActionChange action) {
            return new Running(id, attempt, since, action.progress() == null ? share : action.progress());
        }
    }

    /**
     * Begins with a plan as it was read.
     *
     * @param ongoing its running actions; later changes correct what has changed since the plan was read
     */
    Progress(ApiAnswers.Plan plan, List<ApiAnswers.Action> ongoing, Instant now) {
        this.plan = plan;
        this.state = plan.state();
        this.paused = plan.paused();
        this.message = plan.statusMessage();
        this.counts = plan.progress();
        this.rolledBack = plan.rolledBack();
        this.startedAt = plan.startedAt();
        ongoing.forEach(action -> running.put(
                action.uuid(),
                new Running(
                        action.id(),
                        action.attempt(),
                        Optional.ofNullable(action.startedAt()).orElse(now),
                        null)));
    }

    /** Sets when the plan is expected to end. */
    void expect(PlanForecast forecast) {
        expected = forecast;
    }

    /** {@return the forecast of the plan, if it was asked for} */
    Optional<PlanForecast> expected() {
        return Optional.ofNullable(expected);
    }

    void apply(ApiAnswers.Change change) {
        state = change.state();
        paused = change.paused();
        message = change.statusMessage();
        counts = change.progress();
        rolledBack = change.rolledBack();
        if (startedAt == null && state == PlanState.ONGOING) {
            startedAt = change.at();
        }
        for (ApiAnswers.ActionChange action : change.actions()) {
            if (action.state() == ActionState.ONGOING) {
                running.merge(
                        action.uuid(),
                        Running.of(action, change.at()),
                        (before, next) -> before.attempt() == next.attempt() ? before.after(action) : next);
            } else {
                running.remove(action.uuid());
            }
            if (action.state() == ActionState.FAILED) {
                failed.add(new Failed(action.id(), Objects.toString(action.statusMessage(), "")));
            }
            if (failed.size() > FAILURES) {
                failed.remove();
            }
        }
    }

    String title() {
        return plan.title();
    }

    String uuid() {
        return plan.uuid();
    }

    String shortId() {
        return plan.shortId();
    }

    /** {@return when the plan was started; empty if it was not} */
    Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    PlanState state() {
        return state;
    }

    String shownState() {
        return plan.shownState(state, paused, rolledBack);
    }

    boolean paused() {
        return paused && !state.ended();
    }

    boolean rolledBack() {
        return rolledBack;
    }

    /** {@return whether the plan goes on only when a person resumes it} */
    boolean waitsForPerson() {
        return paused && state == PlanState.ONGOING;
    }

    Optional<String> message() {
        return Optional.ofNullable(message).filter(text -> !text.isBlank()).map(Table::printable);
    }

    PlanProgress counts() {
        return counts;
    }

    /** {@return the latest failed actions since the plan is followed} */
    Collection<Failed> failed() {
        return failed;
    }

    /** {@return the running actions, in the order in which they began} */
    Collection<Running> running() {
        return running.values();
    }
}
