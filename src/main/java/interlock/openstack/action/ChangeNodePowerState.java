package interlock.openstack.action;

import interlock.api.Failure;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudException;
import interlock.openstack.Clouds;
import interlock.openstack.Hypervisor;
import interlock.openstack.Node;
import interlock.openstack.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Switches a machine on or off; off only if no instance runs on it. */
final class ChangeNodePowerState extends CloudAction {
    ChangeNodePowerState(Clouds clouds) {
        super(clouds);
    }

    @Override
    public String name() {
        return "change_node_power_state";
    }

    @Override
    public String description() {
        return "Switches a machine on or off through Ironic; off only if no instance runs on it.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "resource_id": {"type": "string", "minLength": 1, "description": "uuid or name of the node in Ironic"},
                    "state": {"type": "string", "enum": ["on", "off"]},
                    %s
                  },
                  "required": ["resource_id", "state"],
                  "additionalProperties": false
                }
                """.formatted(COMMON);
    }

    @Override
    public List<ResourceUse> uses(Map<String, Object> inputParameters) {
        return text(inputParameters, "resource_id")
                .map(id -> List.of(one(inputParameters, "node", id)))
                .orElse(List.of());
    }

    private static boolean wantsOn(CloudAttempt job) {
        return job.required("state").equals("on");
    }

    private static String power(boolean on) {
        return on ? "power on" : "power off";
    }

    @Override
    Result perform(CloudAttempt job) throws CloudException, InterruptedException {
        return bring(job, wantsOn(job));
    }

    private static Result bring(CloudAttempt job, boolean on) throws CloudException, InterruptedException {
        Optional<Node> node = job.ironic().node(job.resource());
        if (node.isEmpty()) {
            return failed(Failure.permanent("Node %s not found".formatted(job.resource())));
        }
        if (isThere(node.get(), on)) {
            return skipped("Node %s has %s already".formatted(job.resource(), power(on)));
        }
        Optional<Failure> objection = on ? Optional.empty() : objection(job, node.get());
        if (objection.isPresent()) {
            return failed(objection.get());
        }
        job.undertaking().begin();
        return follow(job, on, job.ironic().power(node.get(), power(on)));
    }

    private static boolean isThere(Node node, boolean on) {
        return node.power().equals(power(on)) && node.target().isEmpty();
    }

    /** Switching off would kill running instances. A node whose instances cannot be determined is not switched off. */
    private static Optional<Failure> objection(CloudAttempt job, Node node)
            throws CloudException, InterruptedException {
        List<String> names = Stream.of(
                        node.computeNode(), job.text("resource_name").orElse(""), node.name(), node.id())
                .filter(name -> !name.isEmpty())
                .toList();
        Optional<Hypervisor> hypervisor = job.nova().hypervisors().stream()
                .filter(one -> names.stream().anyMatch(one::answersTo))
                .findFirst();
        if (hypervisor.isEmpty()) {
            return Optional.of(Failure.permanent(
                    "Node %s is not switched off: Nova has no hypervisor %s, so it is unknown whether instances run on it; set resource_name to its host"
                            .formatted(node.id(), String.join(" or ", names))));
        }
        List<String> running = job.nova().serversOn(hypervisor.get().host()).stream()
                .filter(server -> server.running() || server.busy())
                .map(Server::id)
                .toList();
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(Failure.retryable("Node %s is not switched off: %d instances run on %s, such as %s"
                        .formatted(node.id(), running.size(), hypervisor.get().host(), running.getFirst())));
    }

    private static Result follow(CloudAttempt job, boolean on, String request)
            throws CloudException, InterruptedException {
        CloudAttempt.Looks looks = job.looks();
        while (true) {
            Optional<Node> node = job.ironic().node(job.resource());
            if (node.isEmpty()) {
                return failed(Failure.permanent("Node %s was deleted meanwhile".formatted(job.resource())));
            }
            if (isThere(node.get(), on)) {
                return succeeded("Node %s has %s".formatted(job.resource(), power(on)), request);
            }
            if (node.get().target().isEmpty()) {
                return failed(Failure.retryable("Node %s should have %s, but has %s: %s%s"
                        .formatted(
                                job.resource(),
                                power(on),
                                node.get().power(),
                                node.get().error(),
                                request(request))));
            }
            looks.pause();
        }
    }

    @Override
    Optional<Result> find(CloudAttempt job) throws CloudException, InterruptedException {
        boolean on = wantsOn(job);
        Optional<Node> node = job.ironic().node(job.resource());
        if (node.filter(it -> it.target().equals(power(on))).isPresent()) {
            job.undertaking().begin();
            return Optional.of(follow(job, on, ""));
        }
        return node.filter(it -> isThere(it, on))
                .map(_ -> foundDone("Node %s has %s".formatted(job.resource(), power(on))));
    }

    @Override
    Result undo(CloudAttempt job) throws CloudException, InterruptedException {
        return bring(job, !wantsOn(job));
    }
}
