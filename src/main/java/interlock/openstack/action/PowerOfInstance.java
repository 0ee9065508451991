package interlock.openstack.action;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.Server;
import java.util.Optional;

/** The common part of starting and stopping an instance. */
enum PowerOfInstance {
    /** The instance runs. */
    ON("start", "ACTIVE", "started", "powering-on"),
    /** The instance is stopped. */
    OFF("stop", "SHUTOFF", "stopped", "powering-off");

    private final String verb;
    private final String status;
    private final String word;
    private final String task;

    PowerOfInstance(String verb, String status, String word, String task) {
        this.verb = verb;
        this.status = status;
        this.word = word;
        this.task = task;
    }

    /** {@return Nova's name of the change to this state} */
    String verb() {
        return verb;
    }

    PowerOfInstance opposite() {
        return this == ON ? OFF : ON;
    }

    /** Brings an instance into this state. */
    Result bring(CloudAttempt job) throws CloudException, InterruptedException {
        Optional<Server> server = job.nova().server(job.resource());
        if (server.isEmpty()) {
            return CloudAction.skipped("Instance %s not found".formatted(job.resource()));
        }
        if (isThere(server.get())) {
            return CloudAction.skipped("Instance %s is %s already".formatted(job.resource(), status));
        }
        String request = job.ask(
                () -> this == ON ? job.nova().start(job.resource()) : job.nova().stop(job.resource()),
                () -> job.nova()
                        .server(job.resource())
                        .filter(now -> now.busy() || isThere(now))
                        .isPresent());
        return follow(job, request);
    }

    private boolean isThere(Server server) {
        return server.is(status) && !server.busy();
    }

    private Result follow(CloudAttempt job, String request) throws CloudException, InterruptedException {
        CloudAttempt.Looks looks = job.looks();
        Optional<Server> server = job.nova().server(job.resource());
        while (server.filter(Server::busy).isPresent()) {
            looks.pause();
            server = job.nova().server(job.resource());
        }
        if (server.isEmpty()) {
            String gone = "Instance %s was deleted while it was %s".formatted(job.resource(), word);
            return this == OFF
                    ? CloudAction.succeeded(gone, request)
                    : CloudAction.failed(Failure.permanent(gone + CloudAction.request(request)));
        }
        Server now = server.get();
        if (isThere(now)) {
            return CloudAction.succeeded("Instance %s is %s".formatted(job.resource(), status), request);
        }
        String fault =
                now.fault().isEmpty() ? job.nova().fault(now.id(), verb).orElse("Nova reports no reason") : now.fault();
        String message = "Instance %s was not %s, it is %s: %s%s"
                .formatted(job.resource(), word, now.status(), fault, CloudAction.request(request));
        return CloudAction.failed(now.is("ERROR") ? Failure.permanent(message) : Failure.retryable(message));
    }

    /** {@return the outcome of an earlier attempt; empty if it has not begun} */
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        Optional<Server> server = job.nova().server(job.resource());
        if (server.filter(now -> now.task().equals(task)).isPresent()) {
            job.undertaking().begin();
            return Optional.of(follow(job, ""));
        }
        return server.filter(this::isThere)
                .map(_ -> CloudAction.foundDone("Instance %s is %s".formatted(job.resource(), status)));
    }

    /** Reverts the opposite change; an instance that is already in this state is a success. */
    Result restore(CloudAttempt job) throws CloudException, InterruptedException {
        Optional<Result> found = find(job);
        return found.isPresent() ? found.get() : bring(job);
    }
}
