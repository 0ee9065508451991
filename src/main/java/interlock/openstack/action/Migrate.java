package interlock.openstack.action;

import interlock.api.Failure;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.Clouds;
import interlock.openstack.ComputeService;
import interlock.openstack.Nova;
import interlock.openstack.Server;
import interlock.openstack.ServerMigration;
import interlock.openstack.action.Relocation.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Moves an instance to another host, by live or cold migration. */
final class Migrate extends CloudAction {
    Migrate(Clouds clouds) {
        super(clouds);
    }

    /**
     * A move of one instance.
     *
     * @param back whether it reverts another move
     */
    private record Move(String server, boolean live, String source, Optional<String> destination, boolean back) {
        static Move of(CloudAttempt job) {
            return new Move(
                    job.resource(),
                    job.required("migration_type").equals("live"),
                    job.required("source_node"),
                    job.text("destination_node"),
                    false);
        }

        String ask(Nova nova) throws CloudException, InterruptedException {
            if (!live) {
                return nova.migrate(server, destination);
            }
            return back && destination.isPresent()
                    ? nova.forceLiveMigrate(server, destination.get())
                    : nova.liveMigrate(server, destination);
        }

        String type() {
            return live ? "live-migration" : "migration";
        }

        /** {@return whether Nova's record describes this move} */
        boolean is(ServerMigration migration) {
            return migration.type().equals(type())
                    && migration.source().equals(source)
                    && (migration.destination().isEmpty() || arrivesAt(migration.destination()));
        }

        boolean arrivesAt(String host) {
            return destination.map(host::equals).orElse(!host.equals(source));
        }

        @Override
        public String toString() {
            return "%s migration of instance %s from %s to %s"
                    .formatted(live ? "live" : "cold", server, source, destination.orElse("a host chosen by Nova"));
        }
    }

    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "Moves an instance to another host, live or cold.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": %s,
                    "migration_type": {"type": "string", "enum": ["live", "cold"]},
                    "source_node": {"type": "string", "minLength": 1, "description": "the host that it leaves"},
                    "destination_node": {"type": ["string", "null"], "minLength": 1,
                      "description": "the target host; absent or null: the scheduler chooses"},
                    %s
                  },
                  "required": ["resource_id", "migration_type", "source_node"],
                  "additionalProperties": false
                }
                """.formatted(UUID_SCHEMA, COMMON);
    }

    @Override
    public Set<String> resourceKinds() {
        return Set.of("compute_host");
    }

    @Override
    public String durationKey(Map<String, Object> inputParameters) {
        return text(inputParameters, "migration_type").orElse("");
    }

    @Override
    public List<ResourceUse> uses(Map<String, Object> inputParameters) {
        List<ResourceUse> uses = new ArrayList<>();
        text(inputParameters, "resource_id").ifPresent(id -> uses.add(one(inputParameters, "instance", id)));
        text(inputParameters, "source_node").ifPresent(host -> uses.add(one(inputParameters, "compute_host", host)));
        text(inputParameters, "destination_node")
                .filter(host -> !text(inputParameters, "source_node").equals(Optional.of(host)))
                .ifPresent(host -> uses.add(one(inputParameters, "compute_host", host)));
        return uses;
    }

    @Override
    Result perform(CloudAttempt job) throws CloudException, InterruptedException {
        Move move = Move.of(job);
        Optional<Server> server = job.nova().server(move.server());
        if (server.isEmpty()) {
            return skipped("Instance %s not found".formatted(move.server()));
        }
        if (!server.get().host().equals(move.source())) {
            return skipped("Instance %s is not on source node %s, but on %s"
                    .formatted(move.server(), move.source(), server.get().host()));
        }
        Optional<Failure> objection = objection(job, move, server.get());
        return objection.isPresent() ? failed(objection.get()) : move(job, move);
    }

    private static Optional<Failure> objection(CloudAttempt job, Move move, Server server)
            throws CloudException, InterruptedException {
        if (move.destination().isPresent()) {
            Optional<Failure> objection =
                    objection(job, move, move.destination().get());
            if (objection.isPresent()) {
                return objection;
            }
        }
        boolean fit = move.live() ? server.is("ACTIVE") : server.is("ACTIVE") || server.is("SHUTOFF");
        if (fit) {
            return Optional.empty();
        }
        String message = "Instance %s is %s; a %s migration requires %s"
                .formatted(
                        server.id(),
                        server.status(),
                        move.live() ? "live" : "cold",
                        move.live() ? "ACTIVE" : "ACTIVE or SHUTOFF");
        return Optional.of(server.busy() ? Failure.retryable(message) : Failure.permanent(message));
    }

    private static Optional<Failure> objection(CloudAttempt job, Move move, String destination)
            throws CloudException, InterruptedException {
        if (destination.equals(move.source())) {
            return Optional.of(Failure.permanent("Destination node %s is the source node".formatted(destination)));
        }
        List<ComputeService> services = job.nova().computeServices();
        Optional<ComputeService> service =
                services.stream().filter(it -> it.host().equals(destination)).findFirst();
        if (service.isEmpty()) {
            return Optional.of(Failure.permanent("Destination node %s not found; known: %s"
                    .formatted(
                            destination,
                            services.stream().map(ComputeService::host).sorted().collect(Collectors.joining(", ")))));
        }
        if (!service.get().enabled() && !(move.back() && move.live())) {
            return Optional.of(Failure.permanent("Destination node %s is disabled".formatted(destination)));
        }
        return service.get().up()
                ? Optional.empty()
                : Optional.of(Failure.retryable("Destination node %s is down".formatted(destination)));
    }

    private static Result move(CloudAttempt job, Move move) throws CloudException, InterruptedException {
        Relocation relocation = new Relocation(job, move.server(), Relocation.last(job, move.server()));
        String request = job.ask(() -> move.ask(job.nova()), relocation::begun);
        return outcome(job, move, relocation.settle(), request);
    }

    private static Result outcome(CloudAttempt job, Move move, Optional<Settled> settled, String request)
            throws CloudException, InterruptedException {
        if (settled.isEmpty()) {
            return failed(Failure.permanent(
                    "Instance %s was deleted while it was migrated%s".formatted(move.server(), request(request))));
        }
        Server server = settled.get().server();
        Optional<ServerMigration> migration = settled.get().migration();
        String number = migration
                .map(it -> "migration %d is %s".formatted(it.id(), it.status()))
                .orElse("Nova has not started it");
        if (server.is("ERROR")) {
            return failed(Failure.permanent("%s: %s, and the instance is in ERROR%s%s"
                    .formatted(move, number, because(job, move, server), request(request))));
        }
        if (move.arrivesAt(server.host())) {
            return succeeded("%s: %s, it is %s on %s".formatted(move, number, server.status(), server.host()), request);
        }
        String stayed = "%s: %s, it is %s on %s".formatted(move, number, server.status(), server.host());
        if (migration.filter(it -> it.is("cancelled")).isPresent()
                && job.undertaking().isAborting()) {
            throw new InterruptedException(stayed);
        }
        return failed(Failure.retryable(stayed + because(job, move, server) + request(request)));
    }

    private static String because(CloudAttempt job, Move move, Server server)
            throws CloudException, InterruptedException {
        Optional<String> fault = server.fault().isEmpty()
                ? job.nova().fault(server.id(), move.live() ? "live-migration" : "migrate")
                : Optional.of(server.fault());
        return fault.map(text -> ": " + text).orElse("");
    }

    /**
     * A current or completed migration that matches is the earlier attempt's: Nova permits one migration of an instance
     * at a time.
     */
    @Override
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        return found(job, Move.of(job));
    }

    private static Optional<Result> found(CloudAttempt job, Move move) throws CloudException, InterruptedException {
        Optional<Server> server = job.nova().server(move.server());
        Optional<ServerMigration> migration =
                Relocation.newest(job, move.server(), 0).filter(move::is);
        if (server.isEmpty() || migration.isEmpty()) {
            return Optional.empty();
        }
        if (!migration.get().ended()) {
            job.undertaking().begin();
            Relocation relocation =
                    new Relocation(job, move.server(), migration.get().id() - 1);
            return Optional.of(outcome(job, move, relocation.settle(), ""));
        }
        boolean done = migration.get().is("completed") || migration.get().is("confirmed");
        return done && move.arrivesAt(server.get().host())
                ? Optional.of(foundDone("%s: migration %d is %s"
                        .formatted(move, migration.get().id(), migration.get().status())))
                : Optional.empty();
    }

    /**
     * Aborts the migration. The request for it may still be on its way; so this polls for a migration until the attempt
     * has ended.
     */
    @Override
    void giveUp(CloudAttempt job) throws CloudException, InterruptedException {
        if (!Move.of(job).live()) {
            return;
        }
        job.undertaking().aborting();
        CloudAttempt.Looks looks = job.looks();
        while (job.undertaking().isAborting()) {
            Optional<ServerMigration> running =
                    Relocation.newest(job, job.resource(), 0).filter(it -> !it.ended());
            if (running.isPresent() && aborted(job, running.get())) {
                return;
            }
            looks.pause();
        }
    }

    /** Nova accepts an abort only while a migration runs, not before it starts and not shortly before it ends. */
    private static boolean aborted(CloudAttempt job, ServerMigration migration)
            throws CloudException, InterruptedException {
        try {
            job.nova().abort(job.resource(), migration);
            return true;
        } catch (CloudException e) {
            if (e.kind() == Kind.REFUSED || e.kind() == Kind.BUSY || e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Moves the instance back to its source, even if that host is disabled: a rollback enables the host afterwards. */
    @Override
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        Move move = Move.of(job);
        Optional<Server> server = job.nova().server(move.server());
        if (server.isEmpty()) {
            return skipped("Instance %s not found".formatted(move.server()));
        }
        if (server.get().host().equals(move.source())
                && !server.get().busy()
                && !server.get().is("VERIFY_RESIZE")) {
            return Result.succeeded("Instance %s is on %s already".formatted(move.server(), move.source()));
        }
        String away = Relocation.newest(job, move.server(), 0)
                .filter(it -> !it.ended())
                .map(ServerMigration::source)
                .orElse(server.get().host());
        Move back = new Move(move.server(), move.live(), away, Optional.of(move.source()), true);
        Optional<Result> begun = found(job, back);
        if (begun.isPresent()) {
            return begun.get();
        }
        Optional<Failure> objection = objection(job, back, server.get());
        return objection.isPresent() ? failed(objection.get()) : move(job, back);
    }
}
