package interlock.openstack.action;

import interlock.api.Failure;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.Clouds;
import interlock.openstack.ComputeService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Enables or disables the compute service of a host, or declares it down or up. */
final class ChangeNovaServiceState extends CloudAction {
    ChangeNovaServiceState(Clouds clouds) {
        super(clouds);
    }

    private enum State {
        ENABLED,
        DISABLED,
        UP,
        DOWN;

        static State of(CloudAttempt job) {
            return valueOf(job.required("state").toUpperCase(java.util.Locale.ROOT));
        }

        State opposite() {
            return switch (this) {
                case ENABLED -> DISABLED;
                case DISABLED -> ENABLED;
                case UP -> DOWN;
                case DOWN -> UP;
            };
        }

        boolean holds(ComputeService service) {
            return switch (this) {
                case ENABLED -> service.enabled();
                case DISABLED -> !service.enabled();
                case UP -> !service.forcedDown();
                case DOWN -> service.forcedDown();
            };
        }

        ComputeService bring(CloudAttempt job, ComputeService service, Optional<String> reason)
                throws CloudException, InterruptedException {
            return switch (this) {
                case ENABLED -> job.nova().enable(service);
                case DISABLED -> job.nova().disable(service, reason);
                case UP -> job.nova().forceDown(service, false);
                case DOWN -> job.nova().forceDown(service, true);
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "change_nova_service_state";
    }

    @Override
    public String description() {
        return "Enables or disables the compute service of a host, or declares it down or up.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "minLength": 1,
                      "description": "the host, or the uuid of its compute service or of its hypervisor"},
                    "state": {"type": "string", "enum": ["up", "down", "enabled", "disabled"],
                      "description": "enabled, disabled: whether instances are placed on the host; down, up: whether it is forced down"},
                    "disabled_reason": {"type": "string", "minLength": 1, "maxLength": 255},
                    %s
                  },
                  "required": ["resource_id", "state"],
                  "additionalProperties": false
                }
                """.formatted(COMMON);
    }

    /** A resource of its own: the host's resource is for the migrations to and from it. */
    @Override
    public List<ResourceUse> uses(Map<String, Object> inputParameters) {
        return text(inputParameters, "resource_name")
                .or(() -> text(inputParameters, "resource_id"))
                .map(host -> List.of(one(inputParameters, "compute_service", host)))
                .orElse(List.of());
    }

    @Override
    Result perform(CloudAttempt job) throws CloudException, InterruptedException {
        Optional<ComputeService> service = service(job);
        if (service.isEmpty()) {
            return notFound(job);
        }
        State state = State.of(job);
        return state.holds(service.get())
                ? skipped("nova-compute service %s is %s already"
                        .formatted(service.get().host(), state))
                : bring(job, service.get(), state, job.text("disabled_reason"));
    }

    private static Result notFound(CloudAttempt job) {
        return skipped("nova-compute service %s not found"
                .formatted(job.text("resource_name").orElseGet(job::resource)));
    }

    private static Result bring(CloudAttempt job, ComputeService service, State state, Optional<String> reason)
            throws CloudException, InterruptedException {
        job.undertaking().begin();
        ComputeService now = state.bring(job, service, reason);
        return state.holds(now)
                ? Result.succeeded("nova-compute service %s is %s".formatted(service.host(), state))
                : failed(Failure.retryable("nova-compute service %s should be %s, but Nova reports otherwise"
                        .formatted(service.host(), state)));
    }

    /** Finds the service by its name, if given; otherwise by the id of the service or of its hypervisor. */
    private static Optional<ComputeService> service(CloudAttempt job) throws CloudException, InterruptedException {
        List<ComputeService> services = job.nova().computeServices();
        Optional<ComputeService> byName =
                find(services, job.text("resource_name").orElseGet(job::resource));
        if (byName.isPresent()) {
            return byName;
        }
        Optional<ComputeService> byId = services.stream()
                .filter(service -> service.id().equals(job.resource()))
                .findFirst();
        if (byId.isPresent()) {
            return byId;
        }
        return job.nova().hypervisors().stream()
                .filter(hypervisor -> hypervisor.id().equals(job.resource()))
                .findFirst()
                .flatMap(hypervisor -> find(services, hypervisor.host()));
    }

    private static Optional<ComputeService> find(List<ComputeService> services, String host) {
        return services.stream().filter(service -> service.host().equals(host)).findFirst();
    }

    @Override
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        State state = State.of(job);
        return service(job)
                .filter(state::holds)
                .map(service -> foundDone("nova-compute service %s is %s".formatted(service.host(), state)));
    }

    @Override
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        Optional<ComputeService> service = service(job);
        State state = State.of(job).opposite();
        return service.isEmpty() ? notFound(job) : bring(job, service.get(), state, Optional.empty());
    }
}
