package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.openstack.CloudException.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Nova's API, as far as actions use it.
 *
 * @param waiter waits between retries
 */
public record Nova(Endpoint endpoint, Waiter waiter) {
    private static final String TELLS_DETAILS = "2.84";

    public Optional<Server> server(String id) throws CloudException, InterruptedException {
        return Pages.one(endpoint, waiter, "/servers/" + Pages.encoded(id), "server", Server::read);
    }

    /** {@return the instances on a host, of all projects} */
    public List<Server> serversOn(String host) throws CloudException, InterruptedException {
        return Pages.all(
                endpoint,
                waiter,
                "/servers/detail?all_tenants=True&host=" + Pages.encoded(host),
                "servers",
                Server::read);
    }

    public List<ComputeService> computeServices() throws CloudException, InterruptedException {
        return Pages.all(endpoint, waiter, "/os-services?binary=nova-compute", "services", ComputeService::read);
    }

    public List<Hypervisor> hypervisors() throws CloudException, InterruptedException {
        return Pages.all(endpoint, waiter, "/os-hypervisors/detail", "hypervisors", Hypervisor::read);
    }

    /** {@return the flavor with that id, or else with that name} */
    public Optional<Flavor> flavor(String idOrName) throws CloudException, InterruptedException {
        Optional<Flavor> byId =
                Pages.one(endpoint, waiter, "/flavors/" + Pages.encoded(idOrName), "flavor", Flavor::read);
        return byId.isPresent()
                ? byId
                : Pages.all(endpoint, waiter, "/flavors/detail?is_public=None", "flavors", Flavor::read).stream()
                        .filter(flavor -> flavor.name().equals(idOrName))
                        .findFirst();
    }

    /** {@return the migrations of an instance that Nova has recorded, unordered} */
    public List<ServerMigration> migrations(String server) throws CloudException, InterruptedException {
        return Pages.all(
                endpoint,
                waiter,
                "/os-migrations?instance_uuid=" + Pages.encoded(server),
                "migrations",
                ServerMigration::read);
    }

    /**
     * {@return the error of the last action on an instance, as far as Nova reports it}
     *
     * @param server the uuid of the instance
     * @param action such as {@code live-migration}
     */
    public Optional<String> fault(String server, String action) throws CloudException, InterruptedException {
        String path = "/servers/%s/os-instance-actions".formatted(Pages.encoded(server));
        Optional<JsonNode> last = Pages.all(endpoint, waiter, path, "instanceActions", one -> one).stream()
                .filter(one -> one.path("action").asText().equals(action))
                .max(Comparator.comparing(one -> one.path("start_time").asText()));
        return last.isPresent()
                ? reason(
                        path + "/" + Pages.encoded(last.get().path("request_id").asText()))
                : Optional.empty();
    }

    /** Older versions of Nova report that an event failed, but not why. */
    private Optional<String> reason(String path) throws CloudException, InterruptedException {
        try {
            JsonNode events = endpoint.send(Call.get(path).of(TELLS_DETAILS), waiter)
                    .body()
                    .path("instanceAction")
                    .path("events");
            return StreamSupport.stream(events.spliterator(), false)
                    .filter(event -> event.path("result").asText().equals("Error"))
                    .map(event -> event.path("details").asText(""))
                    .filter(details -> !details.isEmpty())
                    .findFirst();
        } catch (CloudException e) {
            if (e.kind() == Kind.MISCONFIGURED || e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Starts a live migration.
     *
     * @param host the destination; the scheduler chooses one if empty
     * @return the id of the request, as from all methods below
     */
    public String liveMigrate(String server, Optional<String> host) throws CloudException, InterruptedException {
        ObjectNode parameters = object();
        parameters.put("host", host.orElse(null)).put("block_migration", "auto");
        return act(server, "os-migrateLive", parameters);
    }

    /** Like {@link #liveMigrate}, but bypasses the scheduler, which does not place instances on disabled hosts. */
    public String forceLiveMigrate(String server, String host) throws CloudException, InterruptedException {
        ObjectNode parameters =
                object().put("host", host).put("block_migration", "auto").put("force", true);
        return endpoint.send(
                        action(server, "os-migrateLive", parameters).of(ServiceType.COMPUTE.leastMicroversion()),
                        waiter)
                .requestId();
    }

    public String migrate(String server, Optional<String> host) throws CloudException, InterruptedException {
        return act(
                server,
                "migrate",
                host.<JsonNode>map(name -> object().put("host", name)).orElse(JsonNodeFactory.instance.nullNode()));
    }

    public String resize(String server, Flavor flavor) throws CloudException, InterruptedException {
        return act(server, "resize", object().put("flavorRef", flavor.id()));
    }

    public String confirmResize(String server) throws CloudException, InterruptedException {
        return act(server, "confirmResize", JsonNodeFactory.instance.nullNode());
    }

    public String stop(String server) throws CloudException, InterruptedException {
        return act(server, "os-stop", JsonNodeFactory.instance.nullNode());
    }

    public String start(String server) throws CloudException, InterruptedException {
        return act(server, "os-start", JsonNodeFactory.instance.nullNode());
    }

    private String act(String server, String action, JsonNode parameters) throws CloudException, InterruptedException {
        return endpoint.send(action(server, action, parameters), waiter).requestId();
    }

    private static Call action(String server, String action, JsonNode parameters) {
        return Call.post("/servers/%s/action".formatted(Pages.encoded(server)), object().set(action, parameters));
    }

    /** Requests the abort of a live migration. */
    public void abort(String server, ServerMigration migration) throws CloudException, InterruptedException {
        endpoint.send(
                Call.delete("/servers/%s/migrations/%d".formatted(Pages.encoded(server), migration.id())), waiter);
    }

    public ComputeService enable(ComputeService service) throws CloudException, InterruptedException {
        return change(service, object().put("status", "enabled"));
    }

    public ComputeService disable(ComputeService service, Optional<String> reason)
            throws CloudException, InterruptedException {
        ObjectNode change = object().put("status", "disabled");
        reason.ifPresent(it -> change.put("disabled_reason", it));
        return change(service, change);
    }

    public ComputeService forceDown(ComputeService service, boolean down) throws CloudException, InterruptedException {
        return change(service, object().put("forced_down", down));
    }

    private ComputeService change(ComputeService service, ObjectNode change)
            throws CloudException, InterruptedException {
        Call call = Call.put("/os-services/" + Pages.encoded(service.id()), change);
        return ComputeService.read(endpoint.send(call, waiter).body().path("service"));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
