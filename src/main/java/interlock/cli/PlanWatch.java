package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.CommandFailed;
import interlock.cli.client.RestClient;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Screen;
import interlock.cli.terminal.Table;
import interlock.model.ActionState;
import interlock.model.PlanState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a plan until it ends. */
final class PlanWatch {
    /** How often the elapsed time is redrawn. */
    private static final Duration TICK = Duration.ofMillis(500);

    /** How many failed actions are listed. */
    private static final int FAILURES_SHOWN = 20;

    private final RestClient rest;
    private final ClientOptions options;

    /** The time between two forecasts. */
    private static final Duration FORECASTS = Duration.ofSeconds(2);

    private static final int SHARE = 10;

    private Instant nextForecast = Instant.EPOCH;

    PlanWatch(RestClient rest, ClientOptions options) {
        this.rest = rest;
        this.options = options;
    }

    /**
     * When watching ends before the plan does.
     *
     * @param state the state that the plan is awaited to have; empty: until it ends
     * @param timeout how long it is awaited
     * @param whenWaiting whether to end when the plan waits for a person: it is ONGOING and paused
     */
    record Until(Optional<PlanState> state, Optional<Duration> timeout, boolean whenWaiting) {
        static final Until END = new Until(Optional.empty(), Optional.empty(), false);

        static Until endOrWaiting(boolean whenWaiting) {
            return new Until(Optional.empty(), Optional.empty(), whenWaiting);
        }
    }

    /**
     * Shows the plan until it has ended.
     *
     * @return 0, because the plan succeeded
     * @throws CommandFailed when it ended otherwise; its exit code says how
     */
    int follow(String uuid, Until until) {
        ApiAnswers.Plan plan = plan(uuid);
        Progress progress = new Progress(plan, plan.state().ended() ? List.of() : ongoing(uuid), options.now());
        Display display = began(display(), progress);
        if (plan.state() == PlanState.RECOMMENDED) {
            display.note("the plan has not been started; start it with: interlock plan start " + plan.shortId());
        }
        return follow(plan, progress, display, until);
    }

    /**
     * Shows all changes of the plan since it was created, until it has ended.
     *
     * @param created the plan as it was created
     * @return 0, because the plan succeeded
     * @throws CommandFailed when it ended otherwise; its exit code says how
     */
    int followSince(ApiAnswers.Plan created) {
        Progress progress = new Progress(created, List.of(), options.now());
        return follow(created, progress, began(display(), progress), Until.END);
    }

    /**
     * Waits for the plan and shows only how it ended.
     *
     * @return 0, because the plan succeeded, or has the awaited state
     * @throws CommandFailed when it ended otherwise, or the time is up
     */
    int await(String uuid, Until until) {
        ApiAnswers.Plan plan = plan(uuid);
        Progress progress = new Progress(plan, List.of(), options.now());
        return follow(plan, progress, new QuietDisplay(options.err()), until);
    }

    private static Display began(Display display, Progress progress) {
        display.began(progress);
        return display;
    }

    private int follow(ApiAnswers.Plan plan, Progress progress, Display display, Until until) {
        Optional<Instant> due = until.timeout().map(options.now()::plus);
        try (PlanEvents events = new PlanEvents(
                rest, plan.uuid(), plan.revision(), options.context().clock(), display::note)) {
            while (!progress.state().ended() && !has(progress, until)) {
                if (due.filter(end -> !options.now().isBefore(end)).isPresent()) {
                    display.ended(progress);
                    throw timedOut(progress, until);
                }
                if (display.showsForecast()) {
                    forecast(progress);
                }
                events.next(TICK)
                        .ifPresentOrElse(
                                event -> {
                                    progress.apply(event.change());
                                    display.changed(event, progress);
                                },
                                () -> display.waited(progress));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; the plan continues");
        }
        display.ended(progress);
        return end(plan(plan.uuid()), progress, until);
    }

    private static boolean has(Progress progress, Until until) {
        return until.state().filter(state -> state == progress.state()).isPresent()
                || (until.whenWaiting() && progress.waitsForPerson());
    }

    private static CommandFailed timedOut(Progress progress, Until until) {
        return new CommandFailed("%s is still %s after %s: %s"
                .formatted(
                        progress.title(),
                        progress.shownState(),
                        new Elapsed(until.timeout().orElse(Duration.ZERO)),
                        progress.counts().summary()));
    }

    /** Asks for the forecast now and then; without an answer, the earlier one stays. */
    private void forecast(Progress progress) {
        Instant now = options.now();
        if (progress.state() == PlanState.ONGOING && !now.isBefore(nextForecast)) {
            try {
                progress.expect(rest.get("/v1/action_plans/%s/forecast".formatted(progress.uuid()))
                        .as(PlanForecast.class));
            } catch (CommandFailed _) {
                // the events tell whether the service is away
            }
            // that of a large plan takes long
            Duration took = Duration.between(now, options.now());
            nextForecast = now.plus(FORECASTS).plus(took.multipliedBy(SHARE));
        }
    }

    private Display display() {
        CommandContext context = options.context();
        if (options.json()) {
            return new JsonDisplay(options.out(), options.err());
        }
        Optional<Screen> screen = context.terminal().get();
        if (screen.isEmpty()) {
            return new PlainDisplay(options.out(), options.err());
        }
        return new LiveDisplay(options.out(), screen.get(), context.look(), context.terminal(), context.clock());
    }

    private ApiAnswers.Plan plan(String uuid) {
        return rest.get("/v1/action_plans/" + uuid).as(ApiAnswers.Plan.class);
    }

    private List<ApiAnswers.Action> ongoing(String uuid) {
        return actions(uuid, ActionState.ONGOING);
    }

    private List<ApiAnswers.Action> actions(String plan, ActionState state) {
        return rest.list("/v1/actions/detail", "actions", Map.of("action_plan_uuid", plan, "state", state.name()))
                .as(ApiAnswers.Actions.class)
                .actions();
    }

    private int end(ApiAnswers.Plan plan, Progress progress, Until until) {
        String took = Elapsed.text(plan.startedAt(), plan.finishedAt(), options.now());
        String outcome = "%s %s%s: %s"
                .formatted(plan.title(), plan.shownState(), took.isEmpty() ? "" : " after " + took, plan.progress());
        if (until.state().isPresent()) {
            PlanState awaited = until.state().get();
            if (progress.state() == awaited) {
                options.say(outcome);
                return 0;
            }
            int code = progress.state() == PlanState.SUCCEEDED ? ExitCodes.ERROR : ExitCodes.of(progress.state());
            if (progress.state().ended()) {
                throw new CommandFailed("%s; it does not become %s".formatted(outcome, awaited), List.of(), code);
            }
        }
        if (!progress.state().ended()) {
            String reason = Optional.ofNullable(plan.statusMessage()).orElse("It is paused.");
            throw new CommandFailed(
                    outcome + "; it waits for a person",
                    List.of(Table.printable(reason), "Continue it with: interlock plan resume " + plan.shortId()),
                    ExitCodes.WAITS);
        }
        if (plan.state() == PlanState.SUCCEEDED) {
            options.say(outcome);
            return 0;
        }
        throw new CommandFailed(outcome, particulars(plan), ExitCodes.of(plan.state()));
    }

    private List<String> particulars(ApiAnswers.Plan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.statusMessage() != null && !plan.statusMessage().isBlank()) {
            lines.add(Table.printable(plan.statusMessage()));
        }
        List<ApiAnswers.Action> failed = actions(plan.uuid(), ActionState.FAILED);
        failed.stream()
                .limit(FAILURES_SHOWN)
                .map(action -> Table.printable("%s  FAILED  %s (attempt %s): %s"
                        .formatted(action.shortId(), action.id(), action.attempts(), action.message())))
                .forEach(lines::add);
        if (failed.size() > FAILURES_SHOWN) {
            lines.add("and %d more failed actions".formatted(failed.size() - FAILURES_SHOWN));
        }
        return lines;
    }
}
