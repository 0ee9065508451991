package interlock.web.v1;

import interlock.action.ActionTypes;
import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.neo4j.control.ActionControl;
import interlock.neo4j.control.PlanControl.Change;
import interlock.neo4j.database.Page;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.PlanReader.ActionFilter;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestOptions;
import interlock.web.http.WebServer;
import interlock.web.watcher.JsonPatch;
import interlock.web.watcher.Microversion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code /v1/actions}. */
public final class ActionRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS = Map.ofEntries(
            Map.entry("id", Page.AGE),
            Map.entry("uuid", "uuid"),
            Map.entry("action_type", "actionType"),
            Map.entry("action_plan_uuid", "planUuid"),
            Map.entry("action_plan_id", "planUuid"),
            Map.entry("input_parameters", "inputParameters"),
            Map.entry("parents", "layer"),
            Map.entry("deleted_at", "deletedAt"),
            Map.entry("state", "state"),
            Map.entry("status_message", "statusMessage"),
            Map.entry("layer", "layer"),
            Map.entry("attempt", "attempt"),
            Map.entry("priority", "priority"),
            Map.entry("estimated_start", "estimatedStartSeconds"),
            Map.entry("created_at", "createdAt"),
            Map.entry("updated_at", "updatedAt"),
            Map.entry("started_at", "startedAt"),
            Map.entry("finished_at", "finishedAt"));
    private static final Set<String> FILTERS =
            Set.of("action_plan_uuid", "audit_uuid", "state", "resource_id", "action_type");

    private static final String STATE = "/state";
    private static final String STATUS_MESSAGE = "/status_message";

    /** The longest status message in Watcher, in characters. */
    private static final String REASON = "reason";

    private final PlanReader reader;
    private final ActionTypes types;
    private final ActionControl control;
    private final Consumer<UUID> changed;

    /**
     * Creates the routes.
     *
     * @param changed called after a change, with the uuid of the plan
     */
    public ActionRoutes(PlanReader reader, ActionTypes types, ActionControl control, Consumer<UUID> changed) {
        this.reader = reader;
        this.types = types;
        this.control = control;
        this.changed = changed;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/actions", ctx -> list(ctx, false));
        routes.get("/v1/actions/detail", ctx -> list(ctx, true));
        routes.get("/v1/actions/{id}", this::show);
        routes.patch("/v1/actions/{id}", this::patch);
        routes.post("/v1/actions/{id}/skip", ctx -> change(ctx, control::skipAnyway));
        routes.post("/v1/actions/{id}/retry", ctx -> change(ctx, control::retry));
        routes.get("/v1/actions/{id}/attempts", this::attempts);
    }

    private void list(Context ctx, boolean detail) {
        Query query = new Query(ctx, FILTERS);
        Page page = query.page(SORT_KEYS);
        if (query.text("action_plan_uuid").isPresent()
                && query.text("audit_uuid").isPresent()) {
            throw Problem.badRequest("Filtering actions on both audit and action-plan is prohibited");
        }
        ActionFilter filter = new ActionFilter(
                query.uuid("action_plan_uuid"),
                query.uuid("audit_uuid"),
                query.state(ActionState.class),
                query.text("resource_id"),
                type(query),
                Query.deleted(ctx));
        List<PlanJson.Action> shown = wire(ctx, reader.actions(filter, page));
        Microversion.list(ctx, detail, query.listing("actions", shown, page, PlanJson.Action::uuid, action -> action));
    }

    /** Actions of types that are no longer installed are still listed. */
    private Optional<String> type(Query query) {
        Optional<String> type = query.text("action_type");
        type.filter(name -> types.find(name).isEmpty() && !reader.hasActionsOf(name))
                .ifPresent(name -> {
                    throw Query.unacceptable("action_type", name, types.names());
                });
        return type;
    }

    private List<PlanJson.Action> wire(Context ctx, List<ActionEntity> actions) {
        Map<String, List<String>> parents =
                reader.parents(actions.stream().map(ActionEntity::uuid).toList());
        Map<String, Instant> deletions = Query.deleted(ctx)
                ? reader.deletions(actions.stream().map(ActionEntity::planUuid).collect(Collectors.toSet()))
                : Map.of();
        return actions.stream()
                .map(action -> PlanJson.Action.of(
                        action,
                        parents.getOrDefault(action.uuid(), List.of()),
                        description(action),
                        deletions.get(action.planUuid()),
                        Query.base(ctx)))
                .toList();
    }

    private String description(ActionEntity action) {
        return types.find(action.actionType())
                .map(ActionTypes.Installed::description)
                .orElse("");
    }

    private void show(Context ctx) {
        UUID uuid = Query.actionUuid(ctx);
        Query.none(ctx);
        Microversion.json(ctx, SteadyRead.reading(() -> wire(ctx, find(ctx, uuid))));
    }

    private PlanJson.Action wire(Context ctx, ActionEntity action) {
        return wire(ctx, List.of(action)).getFirst();
    }

    private ActionEntity find(Context ctx, UUID uuid) {
        return reader.action(uuid, Query.deleted(ctx)).orElseThrow(() -> unknown(uuid));
    }

    private void attempts(Context ctx) {
        UUID uuid = Query.actionUuid(ctx);
        Query.none(ctx);
        find(ctx, uuid);
        ctx.json(Map.of(
                "attempts",
                reader.attempts(uuid).stream().map(PlanJson.Attempt::of).toList()));
    }

    private void change(Context ctx, BiFunction<UUID, Optional<String>, Change> operation) throws IOException {
        UUID uuid = Query.actionUuid(ctx);
        Optional<String> reason = RequestOptions.read(ctx, Set.of(REASON)).text(REASON);
        switch (operation.apply(uuid, reason)) {
            case Change.Done(UUID plan, List<String> notes) -> answer(ctx, uuid, plan, notes);
            case Change.Refused(String _, String why) -> throw Problem.conflict(why);
            case Change.Unknown() -> throw unknown(uuid);
            case Change.Blocked(String why) -> throw Problem.conflict(why);
            case Change.Stale _ -> throw new IllegalStateException("an action has no revision");
        }
    }

    /** Skips an action, or changes the reason of a skip, in the way of Watcher's clients. */
    private void patch(Context ctx) throws IOException {
        UUID uuid = Query.actionUuid(ctx);
        Query.none(ctx);
        JsonPatch patch = JsonPatch.read(ctx);
        if (!Microversion.of(ctx).knows(Microversion.SKIPS)) {
            throw Problem.badRequest("API microversion 1.%d or higher is required.".formatted(Microversion.SKIPS));
        }
        ActionEntity action = reader.action(uuid, false).orElseThrow(() -> unknown(uuid));
        patch.allowOnly(Set.of(STATE, STATUS_MESSAGE));
        Optional<String> reason = RequestOptions.shortText(REASON, patch.value(STATUS_MESSAGE));
        Optional<String> target = patch.value(STATE);
        if (target.isEmpty()) {
            explain(ctx, uuid, reason);
        } else if (target.get().equals(ActionState.SKIPPED.name())) {
            refuseWhileOngoing(ctx, action);
            skip(ctx, uuid, reason);
        } else {
            throw notAllowed(action, target.get());
        }
    }

    /** Watcher's clients rely on this restriction; other clients may skip pending actions of running plans. */
    private void refuseWhileOngoing(Context ctx, ActionEntity action) {
        boolean ongoing = reader.plan(UUID.fromString(action.planUuid()), false)
                .filter(plan -> plan.state().is(PlanState.ONGOING))
                .isPresent();
        if (ongoing && Microversion.of(ctx).named() && action.state().is(ActionState.PENDING)) {
            throw updateNotAllowed(PlanState.ONGOING.name());
        }
    }

    private void skip(Context ctx, UUID uuid, Optional<String> reason) {
        switch (control.skip(uuid, reason)) {
            case Change.Done(UUID plan, List<String> notes) -> answer(ctx, uuid, plan, notes);
            case Change.Refused(String state, String _) -> throw refused(uuid, state, ActionState.SKIPPED.name());
            case Change.Unknown() -> throw unknown(uuid);
            case Change.Stale _, Change.Blocked _ ->
                throw new IllegalStateException("an action has neither a revision nor capacities");
        }
    }

    private void explain(Context ctx, UUID uuid, Optional<String> reason) {
        switch (control.explainSkip(uuid, reason)) {
            case Change.Done(UUID plan, List<String> notes) -> answer(ctx, uuid, plan, notes);
            case Change.Refused _ ->
                throw Problem.conflict("status_message update only allowed when action state is SKIPPED");
            case Change.Unknown() -> throw unknown(uuid);
            case Change.Stale _, Change.Blocked _ ->
                throw new IllegalStateException("an action has neither a revision nor capacities");
        }
    }

    private Problem refused(UUID uuid, String planState, String target) {
        ActionEntity action = reader.action(uuid, false).orElseThrow(() -> unknown(uuid));
        return action.state().is(ActionState.PENDING) ? updateNotAllowed(planState) : notAllowed(action, target);
    }

    private static Problem updateNotAllowed(String planState) {
        return Problem.conflict("State update not allowed for actionplan state: " + planState);
    }

    private static Problem notAllowed(ActionEntity action, String target) {
        return Problem.conflict("State transition not allowed: (%s -> %s)".formatted(action.state(), target));
    }

    private static Problem unknown(UUID uuid) {
        return Problem.notFound("Action", uuid);
    }

    /** Reads the action before the applier is notified, so that the answer shows the requested state. */
    private void answer(Context ctx, UUID uuid, UUID plan, List<String> notes) {
        try {
            PlanJson.Action action = wire(ctx, reader.action(uuid, true).orElseThrow(() -> unknown(uuid)));
            Microversion.json(ctx, action.withNotes(notes));
        } finally {
            changed.accept(plan);
        }
    }
}
