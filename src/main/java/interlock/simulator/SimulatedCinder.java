package interlock.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.simulator.CloudState.Volume;
import interlock.simulator.CloudState.Work;
import interlock.simulator.Topology.VolumeType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Cinder's API, as far as the client uses it. */
record SimulatedCinder(SimulatedCloud cloud) {
    void addTo(RoutesConfig routes, String base) {
        Replies replies = new Replies(cloud, new Microversions("volume", 3, 0, 70));
        routes.get(base + "/volumes/{id}", replies.with(ctx -> member("volume", volume(find(ctx)))));
        routes.get(base + "/scheduler-stats/get_pools", replies.with(_ -> pools()));
        routes.get(base + "/types", replies.with(_ -> types()));
        routes.post(base + "/volumes/{id}/action", replies.request(ctx -> {
            ctx.status(202);
            return act(find(ctx), Replies.body(ctx));
        }));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode member(String name, JsonNode value) {
        return object().set(name, value);
    }

    private Volume find(Context ctx) {
        String id = ctx.pathParam("id");
        return Optional.ofNullable(cloud.state().volumes().get(id))
                .orElseThrow(() -> Refusal.notFound("Volume %s could not be found.".formatted(id)));
    }

    private ObjectNode volume(Volume volume) {
        Optional<Operation> work = cloud.state().workOn(volume.uuid()).map(Work::operation);
        boolean moves = work.equals(Optional.of(Operation.VOLUME_MIGRATION));
        String migration = moves ? "migrating" : volume.migration();
        ObjectNode shown = object().put("id", volume.uuid())
                .put("name", volume.name())
                .put("status", status(volume))
                .put("migration_status", migration.isEmpty() ? null : migration)
                .put("os-vol-host-attr:host", volume.pool())
                .put("volume_type", volume.type());
        ArrayNode attachments = shown.putArray("attachments");
        if (!volume.attachedTo().isEmpty()) {
            attachments.addObject().put("server_id", volume.attachedTo());
        }
        return shown;
    }

    /** An unattached volume is in maintenance while it moves. */
    private String status(Volume volume) {
        Optional<Operation> work = cloud.state().workOn(volume.uuid()).map(Work::operation);
        if (work.equals(Optional.of(Operation.RETYPE))) {
            return "retyping";
        }
        return work.isPresent() && volume.status().equals("available") ? "maintenance" : volume.status();
    }

    private ObjectNode pools() {
        ObjectNode pools = object();
        ArrayNode list = pools.putArray("pools");
        cloud.topology().pools().forEach(pool -> list.addObject().put("name", pool));
        return pools;
    }

    private ObjectNode types() {
        ObjectNode types = object();
        ArrayNode list = types.putArray("volume_types");
        cloud.topology()
                .types()
                .forEach(type -> list.addObject()
                        .put("id", Uuids.of("volume type", type.name()))
                        .put("name", type.name()));
        return types;
    }

    private String act(Volume volume, JsonNode body) {
        boolean retype = body.has("os-retype");
        if (!retype && !body.has("os-migrate_volume")) {
            throw Refusal.badRequest("The simulation does not know the action %s".formatted(body));
        }
        String status = status(volume);
        if (cloud.state().workOn(volume.uuid()).isPresent()
                || !(status.equals("available") || status.equals("in-use"))) {
            throw Refusal.badRequest(
                    "Invalid volume: Volume %s status must be available or in-use, but current status is: %s."
                            .formatted(volume.uuid(), status));
        }
        return retype
                ? retype(volume, body.path("os-retype").path("new_type").asText())
                : migrate(volume, body.path("os-migrate_volume").path("host").asText());
    }

    private String migrate(Volume volume, String pool) {
        if (!cloud.topology().pools().contains(pool)) {
            throw Refusal.badRequest("Invalid input received: Service %s could not be found.".formatted(pool));
        }
        if (pool.equals(volume.pool())) {
            throw Refusal.badRequest("Invalid host: Destination host must be different than the current host.");
        }
        String request = cloud.request();
        cloud.begin(Operation.VOLUME_MIGRATION, volume.uuid(), pool, "", request);
        return request;
    }

    /** The volume stays in its pool if the new type permits that pool. */
    private String retype(Volume volume, String wanted) {
        VolumeType type = cloud.topology().types().stream()
                .filter(it -> it.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Volume type %s could not be found.".formatted(wanted)));
        if (wanted.equals(volume.type())) {
            throw Refusal.badRequest("Invalid volume type: New volume_type same as original: %s.".formatted(wanted));
        }
        String pool = type.pools().contains(volume.pool())
                ? volume.pool()
                : type.pools().getFirst();
        String request = cloud.request();
        cloud.begin(Operation.RETYPE, volume.uuid(), pool, wanted, request);
        return request;
    }
}
