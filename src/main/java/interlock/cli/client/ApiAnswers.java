package interlock.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.cli.terminal.Counts;
import interlock.cli.terminal.PlanProgress;
import interlock.cli.terminal.Table;
import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.model.ValidationError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API's answers, as far as the command line shows them. */
public final class ApiAnswers {
    /** The length of the uuid prefix shown in lists; commands accept it. */
    private static final int SHORT = 8;

    /** How many of the actions that a path replaces are named. */
    private static final int PATHS_ACTIONS_NAMED = 6;

    private ApiAnswers() {}

    public static String shortened(String uuid) {
        return uuid.substring(0, Math.min(SHORT, uuid.length()));
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Plans(List<Plan> actionPlans) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Plan(
            String uuid,
            String name,
            PlanState state,
            boolean paused,
            String planner,
            String onFailure,
            int priority,
            @Nullable Instant notBefore,
            @Nullable Instant deadline,
            long revision,
            Counts actionsByState,
            boolean rolledBack,
            int reverted,
            int reverts,
            @Nullable String statusMessage,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        public String shortId() {
            return shortened(uuid);
        }

        /** {@return its name, or its short id if it has no name} */
        public String title() {
            return name.isBlank() ? shortId() : Table.printable(name);
        }

        public String shownState() {
            return shownState(state, paused, rolledBack);
        }

        /** {@return a state with what it does not say: that the plan is paused, or was rolled back} */
        public String shownState(PlanState current, boolean isPaused, boolean isRolledBack) {
            if (isRolledBack) {
                return current + (current.ended() ? " (rolled back)" : " (rolling back)");
            }
            return isPaused && !current.ended() ? current + " (paused)" : current.name();
        }

        public PlanProgress progress() {
            return new PlanProgress(actionsByState, reverted, reverts);
        }
    }

    public record Actions(List<Action> actions) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Action(
            String uuid,
            String id,
            String actionPlanUuid,
            String actionType,
            ActionState state,
            JsonNode inputParameters,
            List<String> parents,
            @Nullable String statusMessage,
            int attempt,
            int maxAttempts,
            @Nullable Instant notBefore,
            @Nullable String applier,
            @Nullable String alternativePath,
            @Nullable String replacedBy,
            @Nullable String reverts,
            boolean reverted,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        public String shortId() {
            return shortened(uuid);
        }

        public String shortPlanId() {
            return shortened(actionPlanUuid);
        }

        /**
         * {@return the number of attempts and the limit, such as {@code 1/3}; lost attempts do not count towards the
         * limit}
         */
        public String attempts() {
            return attempt > maxAttempts ? String.valueOf(attempt) : "%d/%d".formatted(attempt, maxAttempts);
        }

        public String shownState() {
            return reverted ? state + " (reverted)" : state.name();
        }

        public String message() {
            return Optional.ofNullable(statusMessage).orElse("");
        }
    }

    public record Attempts(List<Attempt> attempts) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Attempt(
            int number,
            String applier,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String outcome,
            @Nullable String message,
            @Nullable Double progress) {
        /** {@return the outcome; while the attempt runs, its progress, if known} */
        public String shownOutcome() {
            if (outcome != null) {
                return outcome;
            }
            return progress == null ? "" : "%d%%".formatted(Math.round(100 * progress));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record ActionTypes(List<ActionType> actionTypes) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record ActionType(String name, String description, JsonNode parametersSchema) {
        /** {@return the names of the parameters, optional ones in brackets} */
        public String parameters() {
            List<String> required = new ArrayList<>();
            parametersSchema.path("required").forEach(name -> required.add(name.asText()));
            List<String> shown = new ArrayList<>(required);
            parametersSchema.path("properties").fieldNames().forEachRemaining(name -> {
                if (!required.contains(name)) {
                    shown.add("[" + name + "]");
                }
            });
            return String.join(" ", shown);
        }
    }

    public record Planners(List<Planner> planners) {}

    public record Planner(String name, String description) {}

    public record Appliers(List<Applier> appliers) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Applier(
            String id,
            String host,
            long process,
            String state,
            int maxConcurrentActions,
            long running,
            Instant startedAt) {}

    /** A request for a webhook; the service chooses values for null members. */
    public record NewWebhook(
            String url,
            @Nullable List<String> events,
            @Nullable String secret) {}

    public record Webhooks(List<Webhook> webhooks) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Webhook(
            String uuid,
            String url,
            @Nullable String secret,
            String state,
            long delivered,
            int failures,
            @Nullable String lastError,
            Instant createdAt) {}

    public record Resources(List<Resource> resources) {}

    /** A resource; without a capacity it is unlimited. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Resource(
            String kind,
            String id,
            @Nullable String actionPlanUuid,
            @Nullable Integer capacity,
            int used,
            @Nullable Integer free,
            String source,
            List<ResourceUser> holders,
            List<ResourceUser> waiters) {}

    /** An action that holds units of a resource or waits for them. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record ResourceUser(
            String actionUuid,
            String actionPlanUuid,
            int units,
            @Nullable Instant since) {}

    /** A request to set the capacity of a resource. */
    public record NewCapacity(int capacity, boolean force) {}

    /** The reason for skipping or retrying an action. */
    public record Reason(String reason) {}

    public record Graph(List<Node> nodes, List<Edge> edges, List<Path> paths, long revision) {
        /** {@return the actions' names by their uuids} */
        public Map<String, String> names() {
            return nodes.stream().collect(Collectors.toMap(Node::uuid, Node::id));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Node(
            String uuid,
            String id,
            String actionType,
            ActionState state,
            int layer,
            int attempt,
            @Nullable String path,
            @Nullable String reverts,
            boolean reverted) {
        public String shownState() {
            return reverted ? state + " (reverted)" : state.name();
        }
    }

    public record Edge(String from, String to, String kind) {
        /** {@return whether the edge is a dependency in force, neither a former one nor a revert} */
        public boolean inForce() {
            return kind.equals("depends_on") || kind.equals("alternative");
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Path(
            String uuid,
            String name,
            int rank,
            String state,
            List<String> replaces,
            List<String> actions,
            @Nullable String reason,
            @Nullable String statusMessage,
            @Nullable Instant activatedAt,
            @Nullable Instant finishedAt) {
        public String shortId() {
            return shortened(uuid);
        }

        /** {@return the names of the replaced actions, as far as they fit on a line} */
        public String insteadOf(Map<String, String> names) {
            int more = replaces.size() - PATHS_ACTIONS_NAMED;
            return replaces.stream()
                            .limit(PATHS_ACTIONS_NAMED)
                            .map(uuid -> names.getOrDefault(uuid, uuid))
                            .collect(Collectors.joining(", "))
                    + (more > 0 ? " and %d more".formatted(more) : "");
        }
    }

    /** The changes of a plan in one revision. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Change(
            long revision,
            Instant at,
            PlanState state,
            boolean paused,
            @Nullable String statusMessage,
            Counts actionsByState,
            boolean rolledBack,
            int reverted,
            int reverts,
            List<ActionChange> actions) {
        public PlanProgress progress() {
            return new PlanProgress(actionsByState, reverted, reverts);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record ActionChange(
            String uuid,
            String id,
            ActionState state,
            int attempt,
            @Nullable String statusMessage,
            boolean aborting,
            @Nullable Double progress) {}

    /** An error answer of the service (RFC 9457). */
    public record Problem(@Nullable String detail, @Nullable List<ValidationError> errors) {
        /** {@return one line per validation error; empty if there is a single one, which {@link #detail} contains} */
        public List<String> faults() {
            return errors == null || errors.size() < 2
                    ? List.of()
                    : errors.stream().map(Problem::line).toList();
        }

        private static String line(ValidationError fault) {
            return Table.printable(fault.path().isEmpty() ? fault.message() : fault.path() + ": " + fault.message());
        }
    }
}
