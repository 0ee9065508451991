package interlock.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.SendResult.Answered;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client for one service of one cloud. Sends requests with a token and a microversion; gets a new token when the
 * service rejects the old one.
 */
public final class Endpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_ACCEPTABLE = 406;
    private static final int FIRST_REFUSAL = 300;

    private final ServiceType service;
    private final CloudSettings settings;
    private final Keystone keystone;
    private final Function<URI, EndpointLimiter> routes;
    private final Consumer<String> changes;

    Endpoint(ServiceType service, CloudSettings settings, Keystone keystone, Function<URI, EndpointLimiter> routes) {
        this(service, settings, keystone, routes, _ -> {});
    }

    private Endpoint(
            ServiceType service,
            CloudSettings settings,
            Keystone keystone,
            Function<URI, EndpointLimiter> routes,
            Consumer<String> changes) {
        this.service = service;
        this.settings = settings;
        this.keystone = keystone;
        this.routes = routes;
        this.changes = changes;
    }

    /** {@return the same client; it passes on the ids of its changing requests} */
    public Endpoint tracing(Consumer<String> requestIds) {
        return new Endpoint(service, settings, keystone, routes, requestIds);
    }

    /**
     * Sends a request.
     *
     * @return the answer of a request that was carried out
     * @throws CloudException when it was not
     */
    Reply send(Call call, Waiter waiter) throws CloudException, InterruptedException {
        Session session = keystone.session(waiter);
        EndpointLimiter route = route(session);
        Answered answer = route.send(call, headers(call, session), waiter);
        if (answer.status() == UNAUTHORIZED) {
            session = keystone.instead(session, waiter);
            route = route(session);
            answer = route.send(call, headers(call, session), waiter);
        }
        return read(call, answer, route);
    }

    private EndpointLimiter route(Session session) throws CloudException {
        URI named = settings.endpoints().get(service);
        return routes.apply(
                service.versioned(named != null ? named : session.catalogue().find(service, settings)));
    }

    private Map<String, String> headers(Call call, Session session) {
        Map<String, String> headers = new HashMap<>();
        String microversion = call.microversion().orElse(settings.microversionOf(service));
        headers.put("X-Auth-Token", session.token().value());
        headers.put("OpenStack-API-Version", service.microversionName() + " " + microversion);
        if (service == ServiceType.BAREMETAL) {
            headers.put("X-OpenStack-Ironic-API-Version", microversion);
        }
        return headers;
    }

    private Reply read(Call call, Answered answer, EndpointLimiter route) throws CloudException {
        OpenStackError fault = new OpenStackError(answer);
        if (call.changes() && !fault.requestId().isEmpty()) {
            changes.accept(fault.requestId());
        }
        if (answer.status() == NOT_ACCEPTABLE) {
            throw CloudException.misconfigured(
                    "cloud '%s' does not support microversion %s of %s: %s (%s_default_microversion sets another one, at least %s)"
                            .formatted(
                                    settings.name(),
                                    settings.microversionOf(service),
                                    service.names().getFirst(),
                                    fault.message(),
                                    service.names().getFirst().replace('-', '_'),
                                    service.leastMicroversion()));
        }
        if (answer.status() >= FIRST_REFUSAL) {
            throw fault.exception(call, route);
        }
        try {
            JsonNode body = answer.body().isBlank() ? MissingNode.getInstance() : JSON.readTree(answer.body());
            return new Reply(body, fault.requestId());
        } catch (JsonProcessingException _) {
            throw new CloudException(
                    call.repeatable() ? Kind.UNAVAILABLE : Kind.IN_DOUBT,
                    "%s %s%s returned status %d, but no JSON"
                            .formatted(call.method(), route.base(), call.path(), answer.status()));
        }
    }
}
