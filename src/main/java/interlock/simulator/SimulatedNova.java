package interlock.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.simulator.CloudState.Event;
import interlock.simulator.CloudState.Instance;
import interlock.simulator.CloudState.Machine;
import interlock.simulator.CloudState.Migration;
import interlock.simulator.CloudState.Work;
import interlock.simulator.NovaServers.Shown;
import interlock.simulator.Topology.Flavor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Nova's API, as far as the client uses it. */
final class SimulatedNova {
    private static final int TELLS_DETAILS = 84;
    private static final long MEBIBYTE = 1L << 20;

    private final SimulatedCloud cloud;
    private final NovaServers servers;
    private final Microversions versions = new Microversions("compute", 2, 56, 95);

    SimulatedNova(SimulatedCloud cloud) {
        this.cloud = cloud;
        this.servers = new NovaServers(cloud);
    }

    void addTo(RoutesConfig routes, String base) {
        Replies replies = new Replies(cloud, versions);
        routes.get(
                base + "/servers/detail",
                replies.with(ctx -> list("servers", hosted(ctx).map(this::server))));
        routes.get(base + "/servers/{id}", replies.with(ctx -> member("server", server(instance(ctx)))));
        routes.get(base + "/servers/{id}/migrations", replies.with(ctx -> list("migrations", underWay(ctx))));
        routes.get(base + "/servers/{id}/migrations/{number}", replies.with(this::migration));
        routes.get(base + "/servers/{id}/os-instance-actions", replies.with(this::actions));
        routes.get(base + "/servers/{id}/os-instance-actions/{request}", replies.with(this::action));
        routes.get(base + "/os-migrations", replies.with(this::migrations));
        routes.get(
                base + "/os-services",
                replies.with(_ -> list(
                        "services", cloud.state().machines().values().stream().map(this::service))));
        routes.put(base + "/os-services/{id}", replies.with(this::change));
        routes.get(base + "/os-hypervisors/detail", replies.with(_ -> hypervisors()));
        routes.get(
                base + "/flavors/detail",
                replies.with(
                        _ -> list("flavors", cloud.topology().flavors().stream().map(SimulatedNova::flavor))));
        routes.get(base + "/flavors/{id}", replies.with(this::flavor));
        routes.post(base + "/servers/{id}/action", replies.request(ctx -> {
            JsonNode body = Replies.body(ctx);
            ctx.status(body.has("confirmResize") ? 204 : 202);
            return servers.act(ctx.pathParam("id"), body, versions.minor(ctx));
        }));
        routes.delete(base + "/servers/{id}/migrations/{number}", replies.request(ctx -> {
            ctx.status(202);
            return servers.abort(ctx.pathParam("id"), ctx.pathParam("number"));
        }));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode member(String name, JsonNode value) {
        return object().set(name, value);
    }

    private static ObjectNode list(String name, Stream<? extends JsonNode> members) {
        ObjectNode list = object();
        members.forEach(list.withArray("/" + name)::add);
        return list.has(name) ? list : list.set(name, JsonNodeFactory.instance.arrayNode());
    }

    private Instance instance(Context ctx) {
        return servers.find(ctx.pathParam("id"));
    }

    private Stream<Instance> hosted(Context ctx) {
        String host = ctx.queryParam("host");
        return cloud.state().instances().values().stream()
                .filter(instance -> host == null || host.equals(instance.host()));
    }

    private ObjectNode server(Instance instance) {
        Shown now = servers.shown(instance);
        Optional<Work> work = cloud.state().workOn(instance.uuid());
        ObjectNode server = object().put("id", instance.uuid())
                .put("name", instance.name())
                .put("status", now.status())
                .put("OS-EXT-STS:task_state", now.task().isEmpty() ? null : now.task())
                .put("OS-EXT-STS:vm_state", now.vmState())
                .put("OS-EXT-STS:power_state", now.vmState().equals("stopped") ? 4 : 1)
                .put("OS-EXT-SRV-ATTR:host", instance.host())
                .put("OS-EXT-SRV-ATTR:hypervisor_hostname", instance.host())
                .put(
                        "progress",
                        work.map(it -> (int) (100 * it.progress(cloud.now()))).orElse(0));
        server.set("flavor", flavor(servers.flavor(instance)).put("original_name", instance.flavor()));
        if (!instance.fault().isEmpty()) {
            server.set("fault", object().put("code", 500).put("message", instance.fault()));
        }
        return server;
    }

    private static ObjectNode flavor(Flavor flavor) {
        return object().put("id", flavor.name())
                .put("name", flavor.name())
                .put("vcpus", flavor.vcpus())
                .put("ram", flavor.ram())
                .put("disk", flavor.disk());
    }

    private JsonNode flavor(Context ctx) {
        String id = ctx.pathParam("id");
        return cloud.topology().flavors().stream()
                .filter(flavor -> flavor.name().equals(id))
                .findFirst()
                .map(found -> member("flavor", flavor(found)))
                .orElseThrow(() -> Refusal.notFound("Flavor %s could not be found.".formatted(id)));
    }

    private JsonNode migrations(Context ctx) {
        String server = ctx.queryParam("instance_uuid");
        return list(
                "migrations",
                cloud.state().migrations().stream()
                        .filter(migration -> server == null || server.equals(migration.server()))
                        .sorted((one, other) -> Long.compare(other.id(), one.id()))
                        .map(SimulatedNova::migration));
    }

    private static ObjectNode migration(Migration migration) {
        return object().put("id", migration.id())
                .put("instance_uuid", migration.server())
                .put("migration_type", migration.type())
                .put("status", migration.status())
                .put("source_compute", migration.source())
                .put("dest_compute", migration.destination());
    }

    private Stream<ObjectNode> underWay(Context ctx) {
        Instance instance = instance(ctx);
        return cloud
                .state()
                .workOn(instance.uuid())
                .filter(work -> work.operation() == Operation.LIVE_MIGRATION)
                .flatMap(work -> cloud.state().lastMigration(instance.uuid()).map(it -> copying(instance, it, work)))
                .stream();
    }

    /** Adds how much of the memory has been copied. */
    private ObjectNode copying(Instance instance, Migration migration, Work work) {
        long total = servers.flavor(instance).ram() * MEBIBYTE;
        long processed = (long) ((double) total * work.progress(cloud.now()));
        return migration(migration)
                .put("server_uuid", migration.server())
                .put("memory_total_bytes", total)
                .put("memory_processed_bytes", processed)
                .put("memory_remaining_bytes", total - processed)
                .put("disk_total_bytes", 0L)
                .put("disk_processed_bytes", 0L)
                .put("disk_remaining_bytes", 0L);
    }

    private JsonNode migration(Context ctx) {
        String number = ctx.pathParam("number");
        return underWay(ctx)
                .filter(migration -> migration.path("id").asText().equals(number))
                .findFirst()
                .map(found -> member("migration", found))
                .orElseThrow(() -> Refusal.notFound("In-progress live migration %s is not found for server %s."
                        .formatted(number, ctx.pathParam("id"))));
    }

    private JsonNode actions(Context ctx) {
        String id = instance(ctx).uuid();
        return list(
                "instanceActions",
                cloud.state().events().stream()
                        .filter(event -> event.server().equals(id))
                        .map(SimulatedNova::event));
    }

    private static ObjectNode event(Event event) {
        return object().put("instance_uuid", event.server())
                .put("action", event.action())
                .put("request_id", event.request())
                .put("start_time", Instant.ofEpochMilli(event.at()).toString())
                .put("message", event.error().isEmpty() ? null : "Error");
    }

    private JsonNode action(Context ctx) {
        String request = ctx.pathParam("request");
        Event event = cloud.state().events().stream()
                .filter(it -> it.request().equals(request) && it.server().equals(ctx.pathParam("id")))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "Action for request_id %s on instance %s not found".formatted(request, ctx.pathParam("id"))));
        boolean failed = !event.error().isEmpty();
        ObjectNode part = object().put("event", "simulation").put("result", failed ? "Error" : "Success");
        if (versions.minor(ctx) >= TELLS_DETAILS) {
            part.put("details", failed ? event.error() : null);
        }
        ObjectNode action = event(event);
        action.putArray("events").add(part);
        return member("instanceAction", action);
    }

    /** A rack is shown as an availability zone, the closest notion in Nova. */
    private ObjectNode service(Machine machine) {
        return object().put("id", Uuids.of("service", machine.name()))
                .put("binary", "nova-compute")
                .put("host", machine.name())
                .put("zone", cloud.topology().host(machine.name()).rack())
                .put("status", machine.enabled() ? "enabled" : "disabled")
                .put("disabled_reason", machine.reason().isEmpty() ? null : machine.reason())
                .put("state", machine.up() ? "up" : "down")
                .put("forced_down", machine.forcedDown());
    }

    private JsonNode change(Context ctx) {
        String id = ctx.pathParam("id");
        Machine machine = cloud.state().machines().values().stream()
                .filter(it -> Uuids.of("service", it.name()).equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Compute service %s could not be found.".formatted(id)));
        JsonNode body = Replies.body(ctx);
        boolean enabled = body.has("status") ? body.path("status").asText().equals("enabled") : machine.enabled();
        String reason = enabled ? "" : body.path("disabled_reason").asText(machine.reason());
        Machine now = machine.service(enabled, reason, body.path("forced_down").asBoolean(machine.forcedDown()));
        cloud.state().put(now);
        ctx.header(Replies.REQUEST_ID, cloud.request());
        return member("service", service(now));
    }

    private JsonNode hypervisors() {
        return list("hypervisors", cloud.topology().hosts().stream().map(host -> {
            Machine machine = Objects.requireNonNull(cloud.state().machines().get(host.name()));
            ObjectNode hypervisor = object().put("id", Uuids.of("hypervisor", host.name()))
                    .put("hypervisor_hostname", host.name())
                    .put("hypervisor_type", "simulation")
                    .put("state", machine.up() ? "up" : "down")
                    .put("status", machine.enabled() ? "enabled" : "disabled");
            return hypervisor.<ObjectNode>set("service", service(machine));
        }));
    }
}
