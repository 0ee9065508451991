package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How one cloud is reached.
 *
 * @param name what it is called
 * @param authUrl Keystone, with its version
 * @param credentials with what Keystone is convinced
 * @param scope what is asked access to, as Keystone's {@code auth.scope}; empty if the credentials bring it
 * @param region whose endpoints are taken; any, if empty
 * @param interfaces which endpoints are taken, by kind of service: {@code public}, {@code internal} or {@code admin}
 * @param trust whom TLS trusts
 * @param endpoints where services are, whatever the catalogue says
 * @param microversions which are asked for
 * @param rates how many requests a second a service gets at most
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
    /** How many requests a second a service gets at most if nobody says otherwise. */
    static final int USUAL_RATE = 50;

    CloudSettings {
        interfaces = Map.copyOf(interfaces);
        endpoints = Map.copyOf(endpoints);
        microversions = Map.copyOf(microversions);
        rates = Map.copyOf(rates);
    }

    /** {@return which endpoints of a service are taken} */
    String interfaceOf(ServiceType service) {
        return interfaces.getOrDefault(service, "public");
    }

    /** {@return the microversion that a service is asked for} */
    String microversionOf(ServiceType service) {
        return microversions.getOrDefault(service, service.microversion());
    }
}
