package interlock.openstack.action;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.Cloud;
import interlock.openstack.CloudException;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.Clouds;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An action type that works on a cloud: selects the cloud, and tracks which attempts can still be abandoned. */
abstract class CloudAction implements ActionType {
    /** The properties common to all schemas here. */
    static final String COMMON = """
            "resource_name": {"type": "string", "minLength": 1, "description": "a name for people"},
            "cloud": {"type": "string", "minLength": 1,
              "description": "one of the configured clouds; default: the one that OS_CLOUD names, or the only one"}
            """;

    /** The schema of the id of an instance or a volume. */
    static final String UUID_SCHEMA = "{\"type\": \"string\", \"pattern\": \"^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-"
            + "[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$\", \"description\": \"its uuid\"}";

    private final Clouds clouds;
    private final Map<Attempt, AbortGuard> running = new ConcurrentHashMap<>();

    private record Attempt(UUID action, int number) {
        static Attempt of(Execution execution) {
            return new Attempt(execution.action(), execution.attempt());
        }
    }

    /** The work of an attempt. */
    @FunctionalInterface
    interface Work<T> {
        T on(CloudAttempt job) throws CloudException, InterruptedException;
    }

    CloudAction(Clouds clouds) {
        this.clouds = clouds;
    }

    /** Does the action's work. */
    abstract Result perform(CloudAttempt job) throws CloudException, InterruptedException;

    /** {@return the outcome of an interrupted attempt's work; empty if the work has not been done} */
    abstract Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException;

    /** Reverts the action's work; continues the work of an interrupted revert. */
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        return Result.skipped("Action type '%s' cannot be reverted.".formatted(name()));
    }

    /** Requests the abort of the running work. */
    void giveUp(CloudAttempt job) throws CloudException, InterruptedException {}

    @Override
    public final boolean idempotent(Map<String, Object> inputParameters) {
        return false;
    }

    @Override
    public final boolean reconciles(Map<String, Object> inputParameters) {
        return true;
    }

    /** True: every revert here first inspects the object. */
    @Override
    public final boolean revertIdempotent(Map<String, Object> inputParameters) {
        return true;
    }

    @Override
    public final Result execute(Execution execution) throws InterruptedException {
        try {
            return run(execution, this::perform);
        } catch (CloudException e) {
            return failed(e.failure());
        }
    }

    @Override
    public final Result revert(Execution execution) throws InterruptedException {
        try {
            return run(execution, this::undo);
        } catch (CloudException e) {
            return failed(e.failure());
        }
    }

    @Override
    public final Optional<Result> reconcile(Execution execution) throws InterruptedException {
        try {
            return run(execution, this::find);
        } catch (CloudException e) {
            String message = "cannot determine the progress of an earlier attempt: " + e.getMessage();
            boolean permanent = e.failure().permanent();
            return Optional.of(failed(new Failure(message, permanent, !permanent)));
        }
    }

    /** Runs the work. If the cloud becomes unreachable after a change was requested, the outcome is in doubt. */
    private <T> T run(Execution execution, Work<T> work) throws CloudException, InterruptedException {
        Cloud cloud = clouds.cloud(text(execution.inputParameters(), "cloud").orElse(null));
        AbortGuard undertaking = new AbortGuard();
        running.put(Attempt.of(execution), undertaking);
        try {
            return work.on(new CloudAttempt(execution, cloud, undertaking));
        } catch (CloudException e) {
            throw e.kind() == Kind.UNAVAILABLE && undertaking.begun() ? e.in(Kind.IN_DOUBT) : e;
        } finally {
            undertaking.end();
            running.remove(Attempt.of(execution));
        }
    }

    /**
     * Abandons an attempt that has not requested a change; requests the abort of others, which continue until the cloud
     * has ended their work.
     */
    @Override
    public final boolean abort(Execution execution) throws CloudException, InterruptedException {
        AbortGuard undertaking = running.get(Attempt.of(execution));
        if (undertaking == null || undertaking.giveUp()) {
            return true;
        }
        Cloud cloud = clouds.cloud(text(execution.inputParameters(), "cloud").orElse(null));
        giveUp(new CloudAttempt(execution, cloud, undertaking));
        return false;
    }

    static Optional<String> text(Map<String, Object> inputParameters, String name) {
        return inputParameters.get(name) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** {@return one unit of a resource; its id begins with the cloud's name if the action names one} */
    static ResourceUse one(Map<String, Object> inputParameters, String kind, String id) {
        @Nullable String cloud = text(inputParameters, "cloud").orElse(null);
        return new ResourceUse(new ResourceKey(kind, cloud == null ? id : cloud + "/" + id), 1);
    }

    static Result skipped(String why) {
        return Result.skipped("Action was skipped automatically: " + why);
    }

    static Result failed(Failure failure) {
        return Result.failed(failure);
    }

    /** {@return a success whose message includes the request id in the cloud's logs} */
    static Result succeeded(String message, String requestId) {
        return Result.succeeded(requestId.isEmpty() ? message : "%s (request %s)".formatted(message, requestId));
    }

    static Result foundDone(String message) {
        return Result.succeeded("found to be done by an earlier attempt: " + message);
    }

    /** {@return {@code  (request …)}, or an empty text if the id is unknown} */
    static String request(String requestId) {
        return requestId.isEmpty() ? "" : " (request %s)".formatted(requestId);
    }
}
