package interlock.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.action.ActionTypes;
import interlock.action.SchemaErrors;
import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.ResourceKey;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import interlock.model.Capacities;
import interlock.model.DidYouMean;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.StoredCapacity;
import interlock.model.ValidationError;
import interlock.model.ValidationErrors;
import interlock.planner.Duplicates;
import interlock.planner.Planners;
import interlock.plugin.GuardedPlanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads plan documents. All errors of a document are reported at once: the schema's, and all others that can still be
 * checked.
 */
public final class PlanDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode SCHEMA = schemaOfPlans();
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final ActionTypes types;
    private final Planners planners;
    private final Capacities capacities;
    private final StoredCapacity.Lookup stored;
    private final int maxActions;
    private final Schema schema;

    /** Creates a reader for plans with at most {@code maxActions} actions; no capacities are stored. */
    public PlanDocument(ActionTypes types, Planners planners, Capacities capacities, int maxActions) {
        this(types, planners, capacities, StoredCapacity.Lookup.NOTHING, maxActions);
    }

    /**
     * Creates a reader for plans with these types and planners.
     *
     * @param capacities the configured capacities and the defaults
     * @param stored looks up the capacities that plans and operators have given
     * @param maxActions the maximum number of actions of a plan
     */
    public PlanDocument(
            ActionTypes types, Planners planners, Capacities capacities, StoredCapacity.Lookup stored, int maxActions) {
        this.types = types;
        this.planners = planners;
        this.capacities = capacities;
        this.stored = stored;
        this.maxActions = maxActions;
        this.schema = ready(SCHEMA);
    }

    /** {@return the schema of plan documents, as JSON} */
    public static String schemaText() {
        return SCHEMA.toString();
    }

    /** {@return a definition of the plan document's schema, ready for validation} */
    static Schema schema(String definition) {
        ObjectNode schema = JSON.createObjectNode().put("$ref", "#/$defs/" + definition);
        return ready(schema.set("$defs", SCHEMA.path("$defs")));
    }

    /** {@return a definition of the plan document's schema} */
    static JsonNode definition(String name) {
        return SCHEMA.path("$defs").path(name);
    }

    private static Schema ready(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static ObjectNode schemaOfPlans() {
        try (InputStream in = PlanDocument.class.getResourceAsStream("/interlock/plan.schema.json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the plan that the document describes}
     *
     * @throws InvalidPlan with all errors of the document
     */
    public NewPlan read(JsonNode document, Optional<NewPlan.IdempotencyKey> idempotencyKey) {
        DocumentGraphs.refuseTooLarge(document, maxActions);
        return new Reading(document).plan(idempotencyKey);
    }

    /** {@return whether the order of independent actions in this planner's plans is left to the schedule} */
    public boolean leavesOrder(String planner) {
        return planners.find(planner).map(Planner::leavesOrder).orElse(false);
    }

    /** {@return the time limit for the schedule search of the document's plan} */
    public Duration budget(JsonNode document) {
        PlannerOptions wanted = PlannerOptionsDocument.readChecked(
                document.path("planner_options"), "planner_options", new ArrayList<>());
        return planners.find("constraint")
                .map(planners::options)
                .flatMap(options -> options.overriddenBy(wanted).budget())
                .orElse(Duration.ZERO);
    }

    /** One document being read, with the errors found so far. */
    private final class Reading {
        private final JsonNode document;
        private final ValidationErrors faults = new ValidationErrors();
        private final DemandCheck demands = new DemandCheck(capacities, stored);

        Reading(JsonNode document) {
            this.document = document;
            faults.addAll(SchemaErrors.of(schema, document, ""));
        }

        NewPlan plan(Optional<NewPlan.IdempotencyKey> idempotencyKey) {
            readResources();
            DocumentGraphs graphs = new DocumentGraphs(document, faults);
            ActionReader reader = reader(faults);
            Solution solution = new Solution(reader.read(graphs.plan()));
            List<PlannedAction> last = reader.read(graphs.finallyGraph());
            List<AlternativePath> written =
                    graphs.paths().stream().map(path -> readPath(path, reader)).toList();
            demands.check(faults);
            NewPlan.Origin origin = readOrigin(idempotencyKey);
            NewPlan.Window window = readWindow();
            PlannerOptions options =
                    PlannerOptionsDocument.readChecked(document.path("planner_options"), "planner_options", faults);
            String plannerName = plannerName(graphs.plan());
            Optional<Planner> planner = planner(plannerName);
            ActionGraph graph = faults.isEmpty()
                    ? planners.plan(planner.orElseThrow(), solution, options)
                    : new ActionGraph(solution.actions());
            List<AlternativePath> paths = withoutDuplicates(written, solution, graph);
            ActionGraph finallyGraph = new ActionGraph(last);
            Alternatives.objections(graph, finallyGraph, paths)
                    .forEach(objection ->
                            faults.add(fault(objection, graphs.paths().get(objection.path()))));
            if (!faults.isEmpty()) {
                throw new InvalidPlan(faults);
            }
            List<AlternativePath> all = new ArrayList<>(paths);
            all.addAll(offered(planner.orElseThrow(), graph, paths));
            return new NewPlan(
                            document.path("name").asText(),
                            plannerName,
                            onFailure(),
                            graph,
                            Alternatives.inOrder(all),
                            demands.capacities(),
                            origin)
                    .withPriority(document.path("priority").asInt())
                    .withFinally(finallyGraph)
                    .withWindow(window);
        }

        private NewPlan.Window readWindow() {
            Optional<Instant> notBefore = Optional.empty();
            if (document.path("not_before").isTextual()) {
                String text = document.path("not_before").asText();
                try {
                    notBefore = Optional.of(OffsetDateTime.parse(text).toInstant());
                } catch (DateTimeParseException _) {
                    faults.add(new ValidationError(
                            "not_before",
                            "'%s' is not a time with its offset from UTC: write 2026-05-04T22:00:00Z or 2026-05-05T00:00:00+02:00"
                                    .formatted(text)));
                }
            }
            return new NewPlan.Window(notBefore, DurationFields.readLimit(document, "deadline", "deadline", faults));
        }

        private ActionReader reader(List<ValidationError> noted) {
            return new ActionReader(types, demands, noted);
        }

        /** The offers of planner plug-ins are validated like paths in the document. */
        private List<AlternativePath> offered(Planner planner, ActionGraph graph, List<AlternativePath> paths) {
            List<AlternativePath> offered = planner.alternatives(graph.actions(), paths);
            return planner instanceof GuardedPlanner
                    ? new OfferedByPlugin(planner.name(), maxActions, demands, this::reader).read(graph, paths, offered)
                    : offered;
        }

        private String plannerName(DocumentGraphs.Graph plan) {
            if (document.path("planner").isTextual()) {
                return document.path("planner").asText();
            }
            boolean byHand = plan.parents().values().stream().anyMatch(its -> !its.isEmpty());
            return byHand || planners.find("constraint").isEmpty() ? "explicit" : "constraint";
        }

        private Optional<Planner> planner(String name) {
            Optional<Planner> planner = planners.find(name);
            if (planner.isEmpty()) {
                String known =
                        planners.all().stream().map(Planner::name).sorted().collect(Collectors.joining(", "));
                faults.add(new ValidationError(
                        "planner",
                        "there is no planner '%s'; known planners: %s%s"
                                .formatted(name, known, DidYouMean.of(name, planners.names()))));
            }
            return planner;
        }

        private OnFailure onFailure() {
            return document.path("on_failure").isTextual()
                    ? OnFailure.valueOf(document.path("on_failure").asText().toUpperCase(Locale.ROOT))
                    : OnFailure.CONTINUE;
        }

        private void readResources() {
            JsonNode resources = document.path("resources");
            for (int at = 0; at < resources.size(); at++) {
                JsonNode resource = resources.path(at);
                ResourceKey key = new ResourceKey(
                        resource.path("kind").asText(), resource.path("id").asText());
                demands.declare(
                        key,
                        resource.path("capacity").asInt(),
                        resource.path("scope").asText().equals("plan"),
                        "resources[%d]".formatted(at),
                        faults);
            }
        }

        private AlternativePath readPath(DocumentGraphs.Path path, ActionReader reader) {
            Set<String> replaces = new LinkedHashSet<>(path.replaces());
            replaces.remove("");
            return new AlternativePath(
                    path.name(),
                    replaces,
                    new ActionGraph(reader.read(path.graph())).actions(),
                    path.node().path("abort_running").asBoolean(),
                    path.node().path("revert").asBoolean(),
                    path.node().path("compensation").asBoolean());
        }

        /** If the planner dropped an action that equals another, the other inherits its alternative paths. */
        private static List<AlternativePath> withoutDuplicates(
                List<AlternativePath> paths, Solution solution, ActionGraph graph) {
            if (paths.isEmpty() || graph.actions().size() == solution.actions().size()) {
                return paths;
            }
            Duplicates duplicates = Duplicates.of(solution);
            Set<String> planned = new HashSet<>();
            graph.actions().forEach(action -> planned.add(action.id()));
            return paths.stream()
                    .map(path -> path.replacing(path.replaces().stream()
                            .map(id -> planned.contains(id) ? id : duplicates.keptFor(id))
                            .collect(Collectors.toCollection(LinkedHashSet::new))))
                    .toList();
        }

        private NewPlan.Origin readOrigin(Optional<NewPlan.IdempotencyKey> idempotencyKey) {
            boolean supersede = document.path("supersede").asBoolean();
            if (supersede && document.path("name").asText().isEmpty()) {
                faults.add(new ValidationError("supersede", "needs a name: the plans of the same name are superseded"));
            }
            return new NewPlan.Origin(idempotencyKey, readAudit(), supersede);
        }

        private Optional<UUID> readAudit() {
            if (!document.path("audit_uuid").isTextual()) {
                return Optional.empty();
            }
            String text = document.path("audit_uuid").asText();
            if (!UUID_TEXT.matcher(text).matches()) {
                faults.add(new ValidationError("audit_uuid", "'%s' is not a UUID".formatted(text)));
                return Optional.empty();
            }
            return Optional.of(UUID.fromString(text));
        }

        private static ValidationError fault(Alternatives.Objection objection, DocumentGraphs.Path path) {
            return new ValidationError(
                    objection.replaced().map(path::at).orElseGet(path::atReplaces), objection.message());
        }
    }
}
