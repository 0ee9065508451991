package interlock.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.simulator.CloudState.Machine;
import interlock.simulator.CloudState.Work;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Ironic's API, as far as the client uses it: each host is a node of the same name. */
record SimulatedIronic(SimulatedCloud cloud) {
    void addTo(RoutesConfig routes, String base) {
        Replies replies = new Replies(cloud, new Microversions("baremetal", 1, 31, 95));
        routes.get(base + "/nodes/{id}", replies.with(ctx -> node(find(ctx))));
        routes.put(base + "/nodes/{id}/states/power", replies.request(ctx -> {
            ctx.status(202);
            return power(find(ctx), Replies.body(ctx).path("target").asText());
        }));
    }

    private Machine find(Context ctx) {
        String id = ctx.pathParam("id");
        return cloud.state().machines().values().stream()
                .filter(it ->
                        it.name().equals(id) || Uuids.of("node", it.name()).equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Node %s could not be found.".formatted(id)));
    }

    private ObjectNode node(Machine machine) {
        Optional<Work> work = cloud.state().workOn(machine.name());
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("uuid", Uuids.of("node", machine.name()))
                .put("name", machine.name())
                .put("power_state", machine.on() ? "power on" : "power off")
                .put("target_power_state", work.map(Work::what).orElse(null))
                .put("last_error", machine.error().isEmpty() ? null : machine.error());
        node.putObject("extra").put("compute_node_id", Uuids.of("hypervisor", machine.name()));
        return node;
    }

    private String power(Machine machine, String target) {
        if (!target.equals("power on") && !target.equals("power off")) {
            throw Refusal.badRequest("The simulation does not know the power state '%s'".formatted(target));
        }
        if (cloud.state().workOn(machine.name()).isPresent()) {
            throw new Refusal(
                    409,
                    "Node %s is locked by host simulation, please retry after the current operation is completed."
                            .formatted(Uuids.of("node", machine.name())));
        }
        String request = cloud.request();
        cloud.begin(Operation.POWER, machine.name(), "", target, request);
        return request;
    }
}
