package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one cloud.
 *
 * @param authUrl Keystone's URL, with its version
 * @param scope Keystone's {@code auth.scope}; empty if the credentials imply it
 * @param region the region of the endpoints; any if empty
 * @param interfaces the interface of the endpoints, by service: {@code public}, {@code internal} or {@code admin}
 * @param trust the trusted certificates
 * @param endpoints URLs of services that replace those of the catalogue
 * @param microversions the requested microversions, by service
 * @param rates the greatest number of requests per second, by service
 */
record CloudSettings(
        String name,
        URI authUrl,
        Credentials credentials,
        Optional<JsonNode> scope,
        Optional<String> region,
        Map<ServiceType, String> interfaces,
        TlsTrust trust,
        Map<ServiceType, URI> endpoints,
        Map<ServiceType, String> microversions,
        Map<ServiceType, Integer> rates) {
    /** The default limit of requests per second and service. */
    static final int USUAL_RATE = 50;

    CloudSettings {
        interfaces = Map.copyOf(interfaces);
        endpoints = Map.copyOf(endpoints);
        microversions = Map.copyOf(microversions);
        rates = Map.copyOf(rates);
    }

    /** {@return the interface of a service's endpoint} */
    String interfaceOf(ServiceType service) {
        return interfaces.getOrDefault(service, "public");
    }

    /** {@return the microversion requested from a service} */
    String microversionOf(ServiceType service) {
        return microversions.getOrDefault(service, service.microversion());
    }
}
