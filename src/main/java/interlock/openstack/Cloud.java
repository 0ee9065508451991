package interlock.openstack;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One cloud. Its requests share connections, a token, and the health records of its endpoints. */
public final class Cloud implements AutoCloseable {
    private final HttpClient client;
    private final Map<ServiceType, Endpoint> endpoints = new EnumMap<>(ServiceType.class);
    private final Map<URI, EndpointLimiter> routes = new ConcurrentHashMap<>();

    /**
     * Sends no request.
     *
     * @throws CloudException when the settings are invalid
     */
    Cloud(CloudSettings settings, Environment environment) throws CloudException {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(environment.patience().connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(settings.trust().context())
                .build();
        Keystone keystone = new Keystone(
                settings,
                new EndpointLimiter(settings.authUrl(), client, environment, CloudSettings.USUAL_RATE),
                environment.clock());
        for (ServiceType service : ServiceType.values()) {
            int rate = settings.rates().getOrDefault(service, CloudSettings.USUAL_RATE);
            endpoints.put(
                    service,
                    new Endpoint(
                            service,
                            settings,
                            keystone,
                            base -> routes.computeIfAbsent(
                                    base, it -> new EndpointLimiter(it, client, environment, rate))));
        }
    }

    /** {@return a client for a service} */
    public Endpoint endpoint(ServiceType service) {
        return java.util.Objects.requireNonNull(endpoints.get(service));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
