package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the configuration of one cloud. */
final class CloudReader {
    private static final Set<String> FALSE = Set.of("false", "no", "off", "0");
    private static final Set<String> PASSWORD = Set.of("password", "v3password");
    private static final Set<String> TOKEN = Set.of("token", "v3token");

    private final String name;
    private final JsonNode document;

    private CloudReader(String name, JsonNode document) {
        this.name = name;
        this.document = document;
    }

    /**
     * {@return the settings of the cloud}
     *
     * @throws CloudException naming the missing or wrong option
     */
    static CloudSettings read(String name, JsonNode document) throws CloudException {
        return new CloudReader(name, document).settings();
    }

    private CloudSettings settings() throws CloudException {
        refuseClientCertificates();
        Credentials credentials = credentials();
        return new CloudSettings(
                name,
                authUrl(),
                credentials,
                credentials instanceof Credentials.ApplicationCredential ? Optional.empty() : scope(),
                region(),
                interfaces(),
                trust(),
                endpoints(),
                microversions(),
                rates());
    }

    /**
     * {@return the first of these options that is set, under {@code auth} or at the top level, with underscores or
     * hyphens}
     */
    private Optional<String> text(String... keys) {
        return Stream.of(keys)
                .flatMap(key -> Stream.of(key, key.replace('_', '-')))
                .flatMap(key -> Stream.of(document.path("auth").path(key), document.path(key)))
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private String required(String key) throws CloudException {
        return text(key).orElseThrow(() -> wrong("auth.%s is missing".formatted(key)));
    }

    private CloudException wrong(String what) {
        return CloudException.misconfigured("cloud '%s': %s".formatted(name, what));
    }

    private URI authUrl() throws CloudException {
        URI given = url("auth_url", required("auth_url"));
        String root = given.toString().replaceFirst("/+$", "").replaceFirst("/v2\\.0$", "");
        return URI.create(root.endsWith("/v3") ? root : root + "/v3");
    }

    private URI url(String key, String text) throws CloudException {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException _) {
            throw wrong(key + " is not a URL");
        }
        if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw wrong("%s must be a URL with http:// or https:// and a host".formatted(key));
        }
        if (url.getUserInfo() != null) {
            throw wrong("%s must not contain a user; use the options username and password".formatted(key));
        }
        return url;
    }

    private Credentials credentials() throws CloudException {
        String type = text("auth_type").orElseGet(this::guessedType).toLowerCase(Locale.ROOT);
        if (type.equals("v3applicationcredential")) {
            return applicationCredential();
        }
        if (TOKEN.contains(type)) {
            return new Credentials.Token(new Secret(required("token")));
        }
        if (PASSWORD.contains(type)) {
            if (text("username", "user_name", "user_id").isEmpty()) {
                throw wrong("auth.username is missing");
            }
            return new Credentials.Password(user(), new Secret(required("password")));
        }
        throw wrong("unknown auth_type '%s'; known: password, v3applicationcredential, token".formatted(type));
    }

    private String guessedType() {
        if (text("application_credential_secret").isPresent()) {
            return "v3applicationcredential";
        }
        return text("token").isPresent() && text("password").isEmpty() ? "token" : "password";
    }

    private Credentials applicationCredential() throws CloudException {
        ObjectNode credential = JsonNodeFactory.instance.objectNode();
        Optional<String> id = text("application_credential_id");
        if (id.isPresent()) {
            credential.put("id", id.get());
        } else {
            credential.put("name", required("application_credential_name"));
            credential.set("user", user());
        }
        return new Credentials.ApplicationCredential(credential, new Secret(required("application_credential_secret")));
    }

    private ObjectNode user() {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        text("user_id").ifPresentOrElse(id -> user.put("id", id), () -> {
            user.put("name", text("username", "user_name").orElse(""));
            user.set("domain", domain("user_domain"));
        });
        return user;
    }

    /**
     * {@return the domain of a user or of a project; the domain with the id {@code default} if none is named, as in the
     * OpenStack tools}
     */
    private ObjectNode domain(String whose) {
        return named(whose)
                .or(() -> named("domain"))
                .orElseGet(() -> JsonNodeFactory.instance
                        .objectNode()
                        .put("id", text("default_domain", "default_domain_id").orElse("default")));
    }

    private Optional<ObjectNode> named(String what) {
        Optional<String> id = text(what + "_id");
        return id.isPresent()
                ? id.map(it -> JsonNodeFactory.instance.objectNode().put("id", it))
                : text(what + "_name")
                        .map(it -> JsonNodeFactory.instance.objectNode().put("name", it));
    }

    private Optional<JsonNode> scope() {
        ObjectNode scope = JsonNodeFactory.instance.objectNode();
        Optional<ObjectNode> project = named("project").or(() -> named("tenant"));
        if (project.isPresent()) {
            if (project.get().has("name")) {
                project.get().set("domain", domain("project_domain"));
            }
            scope.set("project", project.get());
        } else if (text("system_scope").isPresent()) {
            scope.putObject("system").put("all", true);
        } else if (named("domain").isPresent()) {
            scope.set("domain", named("domain").get());
        } else {
            return Optional.empty();
        }
        return Optional.of(scope);
    }

    /** {@return the region; the first one if there are several, as in the OpenStack tools} */
    private Optional<String> region() {
        JsonNode first = document.path("regions").path(0);
        return text("region_name", "region")
                .or(() ->
                        Optional.of(first.path("name").asText(first.asText(""))).filter(it -> !it.isEmpty()));
    }

    private Map<ServiceType, String> interfaces() throws CloudException {
        Map<ServiceType, String> interfaces = new EnumMap<>(ServiceType.class);
        for (ServiceType service : ServiceType.values()) {
            String wanted = ofService(service, "interface")
                    .or(() -> ofService(service, "endpoint_type"))
                    .or(() -> text("interface", "endpoint_type"))
                    .orElse("public")
                    .replaceFirst("URL$", "");
            if (!List.of("public", "internal", "admin").contains(wanted)) {
                throw wrong("interface must be public, internal or admin, not '%s'".formatted(wanted));
            }
            interfaces.put(service, wanted);
        }
        return interfaces;
    }

    private Optional<String> ofService(ServiceType service, String option) {
        return text(service.names().stream()
                .map(it -> it.replace('-', '_') + "_" + option)
                .toArray(String[]::new));
    }

    private TlsTrust trust() {
        boolean verify = text("verify").map(it -> !isFalse(it)).orElse(true)
                && text("insecure").map(CloudReader::isFalse).orElse(true);
        return new TlsTrust(verify, text("cacert").map(Path::of));
    }

    private static boolean isFalse(String text) {
        return FALSE.contains(text.toLowerCase(Locale.ROOT));
    }

    private void refuseClientCertificates() throws CloudException {
        if (text("cert").isPresent() || text("key").isPresent()) {
            throw wrong("cert and key: client certificates are not supported");
        }
    }

    private Map<ServiceType, URI> endpoints() throws CloudException {
        Map<ServiceType, URI> endpoints = new EnumMap<>(ServiceType.class);
        for (ServiceType service : ServiceType.values()) {
            Optional<String> given = ofService(service, "endpoint_override").or(() -> ofService(service, "endpoint"));
            if (given.isPresent()) {
                endpoints.put(service, url(service.names().getFirst() + "_endpoint_override", given.get()));
            }
        }
        return endpoints;
    }

    /** An API version without a minor version, such as {@code 2}, is no microversion. */
    private Map<ServiceType, String> microversions() throws CloudException {
        Map<ServiceType, String> microversions = new EnumMap<>(ServiceType.class);
        for (ServiceType service : ServiceType.values()) {
            Optional<String> given = ofService(service, "default_microversion")
                    .or(() -> ofService(service, "api_version").filter(it -> it.contains(".") && !it.equals("2.1")));
            if (given.isPresent() && !service.speaks(given.get())) {
                throw wrong("%s_default_microversion must be %s or later, not '%s'"
                        .formatted(
                                service.names().getFirst().replace('-', '_'),
                                service.leastMicroversion(),
                                given.get()));
            }
            given.ifPresent(it -> microversions.put(service, it));
        }
        return microversions;
    }

    private Map<ServiceType, Integer> rates() throws CloudException {
        Map<ServiceType, Integer> rates = new EnumMap<>(ServiceType.class);
        for (ServiceType service : ServiceType.values()) {
            Optional<String> given = ofService(service, "rate_limit").or(() -> text("rate_limit"));
            if (given.isPresent()) {
                if (!given.get().matches("[1-9]\\d{0,5}(\\.0)?")) {
                    throw wrong("rate_limit must be a number of requests per second, at least 1, not '%s'"
                            .formatted(given.get()));
                }
                rates.put(service, (int) Double.parseDouble(given.get()));
            }
        }
        return rates;
    }
}
