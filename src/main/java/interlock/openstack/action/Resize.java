package interlock.openstack.action;

import interlock.api.Failure;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.Clouds;
import interlock.openstack.Flavor;
import interlock.openstack.Server;
import interlock.openstack.ServerMigration;
import interlock.openstack.action.Relocation.Settled;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the flavor of an instance, and confirms the resize. */
final class Resize extends CloudAction {
    Resize(Clouds clouds) {
        super(clouds);
    }

    @Override
    public String name() {
        return "resize";
    }

    @Override
    public String description() {
        return "Changes the flavor of an instance.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": %s,
                    "flavor": {"type": "string", "minLength": 1, "description": "id or name of the new flavor"},
                    "source_flavor": {"type": "string", "minLength": 1,
                      "description": "id or name of the current flavor, which a revert restores; without it, there is no revert"},
                    %s
                  },
                  "required": ["resource_id", "flavor"],
                  "additionalProperties": false
                }
                """.formatted(UUID_SCHEMA, COMMON);
    }

    @Override
    public String durationKey(Map<String, Object> inputParameters) {
        return text(inputParameters, "flavor").orElse("");
    }

    @Override
    public List<ResourceUse> uses(Map<String, Object> inputParameters) {
        return text(inputParameters, "resource_id")
                .map(id -> List.of(one(inputParameters, "instance", id)))
                .orElse(List.of());
    }

    @Override
    Result perform(CloudAttempt job) throws CloudException, InterruptedException {
        return to(job, job.required("flavor"));
    }

    private static Result to(CloudAttempt job, String wanted) throws CloudException, InterruptedException {
        Optional<Server> server = job.nova().server(job.resource());
        if (server.isEmpty()) {
            return skipped("Instance %s not found".formatted(job.resource()));
        }
        Optional<Flavor> flavor = job.nova().flavor(wanted);
        if (flavor.isEmpty()) {
            return failed(Failure.permanent("Flavor %s not found".formatted(wanted)));
        }
        if (has(server.get(), flavor.get())) {
            return skipped("Instance %s has flavor %s already"
                    .formatted(job.resource(), flavor.get().name()));
        }
        Relocation relocation = new Relocation(job, job.resource(), Relocation.last(job, job.resource()));
        String request = job.ask(() -> job.nova().resize(job.resource(), flavor.get()), relocation::begun);
        return outcome(job, flavor.get(), relocation.settle(), request);
    }

    /** An instance that waits for the confirmation already shows its new flavor. */
    private static boolean has(Server server, Flavor flavor) {
        return server.flavor().equals(flavor.name()) && !server.busy() && !server.is("VERIFY_RESIZE");
    }

    private static Result outcome(CloudAttempt job, Flavor flavor, Optional<Settled> settled, String request)
            throws CloudException, InterruptedException {
        String resize = "resize of instance %s to %s".formatted(job.resource(), flavor.name());
        if (settled.isEmpty()) {
            return failed(Failure.permanent("%s: it was deleted meanwhile%s".formatted(resize, request(request))));
        }
        Server server = settled.get().server();
        if (has(server, flavor) && !server.is("ERROR")) {
            return succeeded("%s: it is %s on %s".formatted(resize, server.status(), server.host()), request);
        }
        String fault = server.fault().isEmpty()
                ? job.nova().fault(server.id(), "resize").orElse("it has flavor " + server.flavor())
                : server.fault();
        String message = "%s: it is %s: %s%s".formatted(resize, server.status(), fault, request(request));
        return failed(server.is("ERROR") ? Failure.permanent(message) : Failure.retryable(message));
    }

    @Override
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        return found(job, job.required("flavor"));
    }

    private static Optional<Result> found(CloudAttempt job, String wanted) throws CloudException, InterruptedException {
        Optional<Server> server = job.nova().server(job.resource());
        Optional<Flavor> flavor = job.nova().flavor(wanted);
        if (server.isEmpty() || flavor.isEmpty()) {
            return Optional.empty();
        }
        Optional<ServerMigration> migration =
                Relocation.newest(job, job.resource(), 0).filter(it -> it.type().equals("resize"));
        if (migration.isPresent() && !migration.get().ended()) {
            job.undertaking().begin();
            Relocation relocation =
                    new Relocation(job, job.resource(), migration.get().id() - 1);
            return Optional.of(outcome(job, flavor.get(), relocation.settle(), ""));
        }
        return migration.isPresent() && has(server.get(), flavor.get())
                ? Optional.of(foundDone("instance %s has flavor %s"
                        .formatted(job.resource(), flavor.get().name())))
                : Optional.empty();
    }

    @Override
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        Optional<String> before = job.text("source_flavor");
        if (before.isEmpty()) {
            return Result.skipped("This resize cannot be reverted: the original flavor, "
                    + "input_parameters.source_flavor, is missing.");
        }
        Optional<Result> begun = found(job, before.get());
        return begun.isPresent() ? begun.get() : to(job, before.get());
    }
}
