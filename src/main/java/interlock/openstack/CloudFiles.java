package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Finds clouds in the places that all OpenStack tools use: the first {@code clouds.yaml}, completed by {@code
 * secure.yaml} and {@code clouds-public.yaml}, and the environment.
 *
 * @param environment the environment variables
 * @param workingDirectory searched first
 * @param home the user's home directory
 * @param site the machine's configuration directory
 */
public record CloudFiles(Map<String, String> environment, Path workingDirectory, Path home, Path site) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");
    private static final Set<String> NOT_A_CLOUD =
            Set.of("OS_CLOUD", "OS_CLOUD_NAME", "OS_REGION_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE");

    /** A file cannot be read. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Copies the map. */
    public CloudFiles {
        environment = Map.copyOf(environment);
    }

    /** {@return the usual locations for this process} */
    public static CloudFiles usual(Map<String, String> environment) {
        return new CloudFiles(
                environment, Path.of(""), Path.of(System.getProperty("user.home", "")), Path.of("/etc/openstack"));
    }

    /**
     * {@return the configured clouds}
     *
     * @param configured the clouds of the service's own configuration, which take the place of {@code clouds.yaml} if
     *     there are any
     * @throws Unreadable when a file is malformed or cannot be read
     */
    public CloudDocuments find(JsonNode configured) {
        JsonNode file = configured.isObject() ? MissingNode.getInstance() : first("OS_CLIENT_CONFIG_FILE", "clouds");
        JsonNode named = configured.isObject() ? configured : file.path("clouds");
        JsonNode secure = first("OS_CLIENT_SECURE_FILE", "secure").path("clouds");
        JsonNode vendors = first("OS_CLIENT_VENDOR_FILE", "clouds-public").path("public-clouds");
        Map<String, JsonNode> clouds = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>();
        named.fieldNames().forEachRemaining(names::add);
        secure.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String profile = named.path(name)
                    .path("profile")
                    .asText(named.path(name).path("cloud").asText(""));
            ObjectNode cloud = JsonNodeFactory.instance.objectNode();
            merge(cloud, vendors.path(profile));
            merge(cloud, named.path(name));
            merge(cloud, secure.path(name));
            clouds.put(name, cloud);
        }
        Optional<ObjectNode> variables = variables();
        String nameOfVariables = environment.getOrDefault("OS_CLOUD_NAME", "envvars");
        variables.ifPresent(cloud -> clouds.put(nameOfVariables, cloud));
        return new CloudDocuments(clouds, chosen(clouds, variables.map(_ -> nameOfVariables)), sought());
    }

    private Optional<String> chosen(Map<String, JsonNode> clouds, Optional<String> nameOfVariables) {
        return Optional.ofNullable(environment.get("OS_CLOUD"))
                .filter(name -> !name.isEmpty())
                .or(() -> nameOfVariables)
                .or(() -> clouds.size() == 1 ? clouds.keySet().stream().findFirst() : Optional.empty());
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode old
                    && entry.getValue().isObject()) {
                merge(old, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    private Optional<ObjectNode> variables() {
        ObjectNode cloud = JsonNodeFactory.instance.objectNode();
        boolean names = false;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (name.startsWith("OS_")
                    && Stream.of("OS_TEST", "OS_STD", "OS_LOG").noneMatch(name::startsWith)) {
                cloud.put(name.substring("OS_".length()).toLowerCase(Locale.ROOT), variable.getValue());
                names |= !NOT_A_CLOUD.contains(name);
            }
        }
        return names ? Optional.of(cloud) : Optional.empty();
    }

    private String sought() {
        return "'clouds' of the configuration file, %s, the environment (OS_AUTH_URL and so on)"
                .formatted(candidates("OS_CLIENT_CONFIG_FILE", "clouds").stream()
                        .map(Path::toString)
                        .filter(path -> !path.endsWith(".yml") && !path.endsWith(".json"))
                        .collect(Collectors.joining(", ")));
    }

    private JsonNode first(String variable, String name) {
        return candidates(variable, name).stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .map(CloudFiles::read)
                .orElseGet(MissingNode::getInstance);
    }

    private List<Path> candidates(String variable, String name) {
        List<Path> paths = new ArrayList<>();
        Optional.ofNullable(environment.get(variable)).map(Path::of).ifPresent(paths::add);
        Path user = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .orElse(home.resolve(".config"));
        for (Path directory : List.of(workingDirectory, user.resolve("openstack"), site)) {
            SUFFIXES.forEach(suffix -> paths.add(directory.resolve(name + suffix)));
        }
        return paths;
    }

    /** Error messages give the line, but no content, because the files contain passwords. */
    private static JsonNode read(Path file) {
        try (Reader in = Files.newBufferedReader(file)) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return document == null ? MissingNode.getInstance() : JSON.valueToTree(document);
        } catch (MarkedYAMLException e) {
            throw new Unreadable("%s: line %d: this is not YAML"
                    .formatted(
                            file,
                            e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1));
        } catch (YAMLException | IllegalArgumentException _) {
            throw new Unreadable("%s: this is not YAML".formatted(file));
        } catch (IOException e) {
            throw new Unreadable(
                    "cannot read %s: %s".formatted(file, e.getClass().getSimpleName()));
        }
    }
}
