package interlock.openstack.action;

import interlock.api.Failure;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.Clouds;
import interlock.openstack.Server;
import interlock.openstack.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Moves a volume to another pool, or changes its type, which may move it as well. */
final class VolumeMigrate extends CloudAction {
    VolumeMigrate(Clouds clouds) {
        super(clouds);
    }

    /** The requested change of a volume. */
    private record Change(boolean retype, String wanted) {
        static Change of(CloudAttempt job) {
            boolean retype = job.required("migration_type").equals("retype");
            return new Change(retype, job.required(retype ? "destination_type" : "destination_node"));
        }

        boolean done(Volume volume) {
            return (retype ? volume.type() : volume.host()).equals(wanted)
                    && !volume.moving()
                    && (volume.is("available") || volume.is("in-use"));
        }

        String request(CloudAttempt job) throws CloudException, InterruptedException {
            return retype
                    ? job.cinder().retype(job.resource(), wanted)
                    : job.cinder().migrate(job.resource(), wanted);
        }

        @Override
        public String toString() {
            return retype ? "type " + wanted : "pool " + wanted;
        }
    }

    @Override
    public String name() {
        return "volume_migrate";
    }

    @Override
    public String description() {
        return "Moves a volume to another pool (migrate, swap), or changes its type (retype).";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": %s,
                    "migration_type": {"type": "string", "enum": ["migrate", "retype", "swap"]},
                    "destination_node": {"type": ["string", "null"], "minLength": 1,
                      "description": "migrate, swap: the pool, as host@backend#pool"},
                    "destination_type": {"type": ["string", "null"], "minLength": 1,
                      "description": "retype: the name of the type"},
                    %s
                  },
                  "required": ["resource_id", "migration_type"],
                  "if": {"properties": {"migration_type": {"const": "retype"}}},
                  "then": {"required": ["destination_type"], "properties": {"destination_type": {"type": "string"}}},
                  "else": {"required": ["destination_node"], "properties": {"destination_node": {"type": "string"}}},
                  "additionalProperties": false
                }
                """.formatted(UUID_SCHEMA, COMMON);
    }

    @Override
    public Set<String> resourceKinds() {
        return Set.of("pool");
    }

    @Override
    public String durationKey(Map<String, Object> inputParameters) {
        return Stream.of("migration_type", "destination_type")
                .flatMap(name -> text(inputParameters, name).stream())
                .collect(Collectors.joining(" "));
    }

    @Override
    public List<ResourceUse> uses(Map<String, Object> inputParameters) {
        List<ResourceUse> uses = new ArrayList<>();
        text(inputParameters, "resource_id").ifPresent(id -> uses.add(one(inputParameters, "volume", id)));
        text(inputParameters, "destination_node").ifPresent(pool -> uses.add(one(inputParameters, "pool", pool)));
        return uses;
    }

    @Override
    Result perform(CloudAttempt job) throws CloudException, InterruptedException {
        Change change = Change.of(job);
        Optional<Volume> volume = job.cinder().volume(job.resource());
        if (volume.isEmpty()) {
            return skipped("Volume %s not found".formatted(job.resource()));
        }
        if (change.done(volume.get())) {
            return skipped("Volume %s is in %s already".formatted(job.resource(), change));
        }
        Optional<Failure> objection = objection(job, change, volume.get());
        if (objection.isPresent()) {
            return failed(objection.get());
        }
        String request = job.ask(
                () -> change.request(job),
                () -> job.cinder()
                        .volume(job.resource())
                        .filter(now -> now.moving() || change.done(now))
                        .isPresent());
        return follow(job, change, request);
    }

    private static Optional<Failure> objection(CloudAttempt job, Change change, Volume volume)
            throws CloudException, InterruptedException {
        List<String> known =
                change.retype() ? job.cinder().types() : job.cinder().pools();
        if (!known.contains(change.wanted())) {
            return Optional.of(Failure.permanent(
                    "Volume %s: unknown %s; known: %s".formatted(volume.id(), change, String.join(", ", known))));
        }
        if (volume.servers().isEmpty()) {
            return Optional.empty();
        }
        if (!volume.is("in-use")) {
            return Optional.of(Failure.retryable(
                    "Volume %s is attached and %s; it must be in-use".formatted(volume.id(), volume.status())));
        }
        for (String id : volume.servers()) {
            Optional<Server> server = job.nova().server(id);
            if (server.filter(it -> it.is("ACTIVE") || it.is("PAUSED")).isEmpty()) {
                return Optional.of(Failure.permanent(
                        "Volume %s is attached to instance %s, which is %s; it must be ACTIVE or PAUSED"
                                .formatted(
                                        volume.id(),
                                        id,
                                        server.map(Server::status).orElse("not found"))));
            }
        }
        return Optional.empty();
    }

    private static Result follow(CloudAttempt job, Change change, String request)
            throws CloudException, InterruptedException {
        CloudAttempt.Looks looks = job.looks();
        Optional<Volume> volume = job.cinder().volume(job.resource());
        while (volume.filter(Volume::moving).isPresent()) {
            looks.pause();
            volume = job.cinder().volume(job.resource());
        }
        if (volume.isEmpty()) {
            return failed(Failure.permanent(
                    "Volume %s was deleted while it was moved%s".formatted(job.resource(), request(request))));
        }
        Volume now = volume.get();
        if (change.done(now)) {
            return succeeded("Volume %s is %s in %s".formatted(now.id(), now.status(), change), request);
        }
        String message = "Volume %s did not reach %s: it is %s in %s, of type %s%s%s"
                .formatted(
                        now.id(),
                        change,
                        now.status(),
                        now.host(),
                        now.type(),
                        now.migration().isEmpty() ? "" : ", its migration ended with " + now.migration(),
                        request(request));
        boolean broken = now.status().startsWith("error");
        return failed(broken ? Failure.permanent(message) : Failure.retryable(message));
    }

    @Override
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        Change change = Change.of(job);
        Optional<Volume> volume = job.cinder().volume(job.resource());
        if (volume.filter(Volume::moving).isPresent()) {
            job.undertaking().begin();
            return Optional.of(follow(job, change, ""));
        }
        return volume.filter(change::done)
                .map(now -> foundDone("Volume %s is %s in %s".formatted(now.id(), now.status(), change)));
    }
}
