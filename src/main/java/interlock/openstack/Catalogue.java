package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The service catalogue of a cloud.
 *
 * @param endpoints all endpoints, in Keystone's order
 */
record Catalogue(List<Entry> endpoints) {
    Catalogue {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * One endpoint.
     *
     * @param type the service's type
     * @param interfaceName public, internal or admin
     * @param region its region; may be empty
     */
    record Entry(String type, String interfaceName, String region, String url) {
        @Override
        public String toString() {
            return "%s %s%s".formatted(type, interfaceName, region.isEmpty() ? "" : " in " + region);
        }
    }

    /** {@return the catalogue from a token response} */
    static Catalogue read(JsonNode catalogue) {
        return new Catalogue(StreamSupport.stream(catalogue.spliterator(), false)
                .flatMap(service -> StreamSupport.stream(
                                service.path("endpoints").spliterator(), false)
                        .map(endpoint -> new Entry(
                                service.path("type").asText(),
                                endpoint.path("interface").asText(),
                                endpoint.path("region_id")
                                        .asText(endpoint.path("region").asText("")),
                                endpoint.path("url").asText())))
                .toList());
    }

    /**
     * {@return the endpoint of a service}
     *
     * @throws CloudException when the catalogue has none; the message lists its endpoints
     */
    URI find(ServiceType service, CloudSettings settings) throws CloudException {
        String wanted = settings.interfaceOf(service);
        for (String name : service.names()) {
            Optional<Entry> found = endpoints.stream()
                    .filter(entry -> entry.type().equals(name)
                            && entry.interfaceName().equals(wanted)
                            && settings.region()
                                    .filter(region -> !region.equals(entry.region()))
                                    .isEmpty())
                    .findFirst();
            if (found.isPresent()) {
                return url(found.get(), settings);
            }
        }
        throw CloudException.misconfigured("cloud '%s' has no endpoint %s %s%s; its catalogue has: %s"
                .formatted(
                        settings.name(),
                        service.names().getFirst(),
                        wanted,
                        settings.region().map(region -> " in " + region).orElse(""),
                        endpoints.isEmpty()
                                ? "nothing (is the project missing?)"
                                : endpoints.stream().map(Entry::toString).collect(Collectors.joining(", "))));
    }

    private static URI url(Entry entry, CloudSettings settings) throws CloudException {
        try {
            return URI.create(entry.url());
        } catch (IllegalArgumentException e) {
            throw CloudException.misconfigured("cloud '%s': the catalogue's URL of %s is invalid: %s"
                    .formatted(settings.name(), entry, e.getMessage()));
        }
    }
}
