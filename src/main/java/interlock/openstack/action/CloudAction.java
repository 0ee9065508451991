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

/** An action type whose work a cloud does: finds the cloud, and knows which attempts may still be given up. */
abstract class CloudAction implements ActionType {
    /** The members that every schema here has. */
    static final String COMMON = """
            "resource_name": {"type": "string", "minLength": 1, "description": "what people call it"},
            "cloud": {"type": "string", "minLength": 1,
              "description": "which of the configured clouds; absent: the one that OS_CLOUD names, or the only one"}
            """;

    /** An instance or a volume. */
    static final String UUID_SCHEMA = "{\"type\": \"string\", \"pattern\": \"^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-"
            + "[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$\", \"description\": \"its uuid\"}";

    private final Clouds clouds;
    private final Map<Attempt, AbortGuard> running = new ConcurrentHashMap<>();

    private record Attempt(UUID action, int number) {
        static Attempt of(Execution execution) {
            return new Attempt(execution.action(), execution.attempt());
        }
    }

    /** What an attempt is to do. */
    @FunctionalInterface
    interface Work<T> {
        T on(CloudAttempt job) throws CloudException, InterruptedException;
    }

    CloudAction(Clouds clouds) {
        this.clouds = clouds;
    }

    /** Does the action's work. */
    abstract Result perform(CloudAttempt job) throws CloudException, InterruptedException;

    /** {@return how the work of an attempt that was cut short ended; empty if it has to be done} */
    abstract Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException;

    /** Undoes the action's work; looks first how far an earlier attempt came with that. */
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        return Result.skipped("Action type '%s' cannot be reverted.".formatted(name()));
    }

    /** Asks the cloud to give up what it was asked for. */
    void giveUp(CloudAttempt job) throws CloudException, InterruptedException {}

    @Override
    public final boolean idempotent(Map<String, Object> inputParameters) {
        return false;
    }

    @Override
    public final boolean reconciles(Map<String, Object> inputParameters) {
        return true;
    }

    /** Whatever undoes something here looks first how far that is. */
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
            String message = "cannot find out how far an earlier attempt came: " + e.getMessage();
            boolean permanent = e.failure().permanent();
            return Optional.of(failed(new Failure(message, permanent, !permanent)));
        }
    }

    /** Whoever loses sight of a cloud that is at work does not know how far it came. */
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

    /** An attempt that has not asked for anything is given up; one that has goes on to whatever end the cloud brings it to. */
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

    /** {@return one unit of something in the cloud; where a cloud is named, its name comes before the thing's} */
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

    /** {@return what is said of a success, with the id by which the cloud's own logs know the request} */
    static Result succeeded(String message, String requestId) {
        return Result.succeeded(requestId.isEmpty() ? message : "%s (request %s)".formatted(message, requestId));
    }

    static Result foundDone(String message) {
        return Result.succeeded("found to be done by an earlier attempt: " + message);
    }

    /** {@return {@code  (request …)}, if the id is known} */
    static String request(String requestId) {
        return requestId.isEmpty() ? "" : " (request %s)".formatted(requestId);
    }
}
