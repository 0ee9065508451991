package interlock.web.v1;

import interlock.model.NewPlan;
import interlock.model.PlanState;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.control.PlanControl.Change;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestOptions;
import interlock.web.http.WebServer;
import interlock.web.watcher.JsonPatch;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** State changes of plans, such as {@code /v1/action_plans/{id}/start}. */
public final class PlanControlRoutes implements WebServer.Routes {
    private static final String STATE = "/state";
    private static final String PRIORITY = "/priority";
    private static final String ABORT = "abort";
    private static final String PAUSED = "paused";
    private static final String RESET_PATHS = "reset_paths";

    /** The attributes of a plan in Watcher. */
    private static final Set<String> MEMBERS =
            Set.of("audit_id", "strategy_id", "state", "global_efficacy", "hostname", "status_message");

    private final PlanControl control;
    private final PlanReader reader;
    private final Consumer<UUID> beforeStart;
    private final Consumer<UUID> changed;

    /** A state change, conditional on the plan's revision if one is given. */
    @FunctionalInterface
    private interface Operation extends BiFunction<UUID, OptionalLong, Change> {}

    /**
     * Creates the routes.
     *
     * @param beforeStart called with the uuid of a plan that is about to be started
     * @param changed called after a change, with the uuid of the plan
     */
    public PlanControlRoutes(
            PlanControl control, PlanReader reader, Consumer<UUID> beforeStart, Consumer<UUID> changed) {
        this.control = control;
        this.reader = reader;
        this.beforeStart = beforeStart;
        this.changed = changed;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        // Watcher answers 400, not 409, when a plan cannot be started or deleted.
        routes.post("/v1/action_plans/{id}/start", ctx -> change(ctx, this::start, 400));
        routes.post("/v1/action_plans/{id}/pause", ctx -> change(ctx, control::pause, 409));
        routes.post("/v1/action_plans/{id}/resume", ctx -> change(ctx, control::resume, 409));
        routes.post("/v1/action_plans/{id}/cancel", this::cancel);
        routes.post("/v1/action_plans/{id}/retry", this::retry);
        routes.patch("/v1/action_plans/{id}", this::patch);
        routes.delete("/v1/action_plans/{id}", this::delete);
    }

    private void cancel(Context ctx) throws IOException {
        boolean abort = RequestOptions.read(ctx, Set.of(ABORT)).flag(ABORT);
        change(ctx, (plan, revision) -> control.cancel(plan, revision, abort), 409);
    }

    private void retry(Context ctx) throws IOException {
        RequestOptions options = RequestOptions.read(ctx, Set.of(PAUSED, RESET_PATHS));
        boolean paused = options.flag(PAUSED);
        boolean resetPaths = options.flag(RESET_PATHS);
        change(ctx, (plan, revision) -> control.retry(plan, revision, paused, resetPaths), 409);
    }

    private void change(Context ctx, Operation operation, int refused) {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        require(uuid, operation.apply(uuid, revision(ctx)), refused);
        answer(ctx, uuid);
    }

    private Change start(UUID uuid, OptionalLong revision) {
        beforeStart.accept(uuid);
        return control.start(uuid, revision);
    }

    private void delete(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        require(uuid, control.delete(uuid, revision(ctx)), 400);
        changed.accept(uuid);
        ctx.status(204);
    }

    /** Starts or cancels a plan, in the way of Watcher's clients, or changes its priority. */
    private void patch(Context ctx) throws IOException {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        JsonPatch patch = JsonPatch.read(ctx);
        OptionalInt priority = patch.integer(PRIORITY, NewPlan.LOWEST_PRIORITY, NewPlan.HIGHEST_PRIORITY);
        if (priority.isPresent()) {
            patch.allowOnly(Set.of(PRIORITY));
            require(uuid, control.setPriority(uuid, revision(ctx), priority.getAsInt()), 409);
            answer(ctx, uuid);
            return;
        }
        Optional<PlanState> asked =
                patch.value(STATE).map(name -> known(name).orElseThrow(() -> patch.refused("Invalid state: " + name)));
        ActionPlanEntity plan = reader.plan(uuid, false).orElseThrow(() -> unknown(uuid));
        patch.refuseNewMembers(MEMBERS);
        PlanState state = plan.state().orThrow();
        PlanState target = asked.orElse(state);
        Operation operation = operation(state, target)
                .orElseThrow(() -> notAllowed(patch, plan.state().name(), target));
        patch.allowOnly(Set.of(STATE));
        Change change = operation.apply(uuid, revision(ctx));
        if (change instanceof Change.Refused(String now, String _)) {
            throw notAllowed(patch, now, target);
        }
        require(uuid, change, 400);
        answer(ctx, uuid);
    }

    private Optional<Operation> operation(PlanState from, PlanState to) {
        return switch (to) {
            case PENDING -> from == PlanState.RECOMMENDED ? Optional.of(this::start) : Optional.empty();
            case CANCELLED ->
                from == PlanState.RECOMMENDED || from == PlanState.PENDING
                        ? Optional.of(control::cancel)
                        : Optional.empty();
            case CANCELLING -> from == PlanState.ONGOING ? Optional.of(control::cancel) : Optional.empty();
            case RECOMMENDED, ONGOING, SUCCEEDED, FAILED, SUPERSEDED, DELETED -> Optional.empty();
        };
    }

    private static Optional<PlanState> known(String name) {
        return Arrays.stream(PlanState.values())
                .filter(state -> state.name().equals(name))
                .findFirst();
    }

    private static Problem notAllowed(JsonPatch patch, String from, PlanState to) {
        return patch.refused("State transition not allowed: (%s -> %s)".formatted(from, to));
    }

    /** Reads the plan before the applier is notified, so that the answer shows the requested state. */
    private void answer(Context ctx, UUID uuid) {
        try {
            PlanRoutes.answer(ctx, reader.plan(uuid, true).orElseThrow(() -> unknown(uuid)));
        } finally {
            changed.accept(uuid);
        }
    }

    private static void require(UUID uuid, Change change, int refused) {
        switch (change) {
            case Change.Done _ -> {}
            case Change.Unknown() -> throw unknown(uuid);
            case Change.Stale(long revision) ->
                throw Problem.preconditionFailed(
                        "The plan has changed: its current revision is %d.".formatted(revision));
            case Change.Blocked(String reason) -> throw Problem.conflict(reason);
            case Change.Refused(String _, String reason) ->
                throw refused == 400 ? Problem.badRequest(reason) : Problem.conflict(reason);
        }
    }

    private static Problem unknown(UUID uuid) {
        return Problem.notFound("ActionPlan", uuid);
    }

    private static OptionalLong revision(Context ctx) {
        @Nullable String ifMatch = ctx.header("If-Match");
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(ifMatch.strip().replaceAll("^(W/)?\"|\"$", "")));
        } catch (NumberFormatException _) {
            throw Problem.preconditionFailed(
                    "If-Match must be the ETag of a plan, such as \"7\", not %s.".formatted(ifMatch));
        }
    }
}
