package interlock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.ResourceKey;
import interlock.model.Capacities;
import interlock.model.DidYouMean;
import interlock.model.ValidationError;
import interlock.openstack.CloudDocuments;
import interlock.openstack.CloudFiles;
import interlock.plan.PlannerOptionsDocument;
import interlock.planner.InstanceHosts;
import interlock.planner.Planners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The configuration file, overridden by the environment. */
final class ConfigFile implements IDefaultValueProvider {
    private static final Set<String> SECTIONS = Set.of("capacities", "clouds", "planners", "plugins");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

    private final Path path;
    private final JsonNode root;
    private final Map<String, String> environment;

    /** The configuration is invalid. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        Invalid(String message) {
            super(message);
        }
    }

    private ConfigFile(Path path, JsonNode root, Map<String, String> environment) {
        this.path = path;
        this.root = root;
        this.environment = environment;
    }

    /**
     * Reads the file that the flag or the environment names; without either, the configuration is empty.
     *
     * @throws Invalid when the file cannot be read or parsed
     */
    static ConfigFile read(Optional<Path> flag, Map<String, String> environment) {
        Optional<Path> file = flag.or(
                () -> Optional.ofNullable(environment.get("INTERLOCK_CONFIG")).map(Path::of));
        return file.map(path -> new ConfigFile(path, parse(path), environment))
                .orElseGet(() -> new ConfigFile(Path.of(""), MissingNode.getInstance(), environment));
    }

    private static JsonNode parse(Path path) {
        try {
            JsonNode root = YAML.readTree(Files.readString(path));
            if (!root.isObject() && !root.isMissingNode()) {
                throw new Invalid("%s: expected a mapping of options".formatted(path));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new Invalid("%s: line %d: %s"
                    .formatted(
                            path,
                            Optional.ofNullable(e.getLocation())
                                    .map(at -> at.getLineNr())
                                    .orElse(0),
                            e.getOriginalMessage().lines().findFirst().orElse("")));
        } catch (IOException e) {
            throw new Invalid("cannot read the configuration file %s".formatted(path));
        }
    }

    /**
     * Rejects unknown names and invalid sections.
     *
     * @throws Invalid naming the first error
     */
    void check(Set<String> options) {
        List<String> known =
                Stream.concat(options.stream(), SECTIONS.stream()).sorted().toList();
        root.fieldNames().forEachRemaining(name -> {
            String option = name.replace('_', '-');
            if (!SECTIONS.contains(name) && !options.contains(option)) {
                throw new Invalid("%s: unknown option '%s'; known: %s%s"
                        .formatted(path, name, String.join(", ", known), DidYouMean.of(option, known)));
            }
        });
        capacities();
        planners();
        plugins();
    }

    /**
     * {@return the settings of plug-ins, by name; empty if the option is a text, which names the plug-ins' folder}
     *
     * @throws Invalid when it is not a mapping
     */
    Map<String, Map<String, Object>> plugins() {
        Map<String, Map<String, Object>> settings = new HashMap<>();
        JsonNode plugins = root.path("plugins");
        if (!plugins.isMissingNode() && !plugins.isObject() && !plugins.isTextual()) {
            throw new Invalid("%s: plugins: expected a mapping of plug-ins by name".formatted(path));
        }
        plugins.properties().forEach(entry -> {
            if (!entry.getValue().isObject()) {
                throw new Invalid("%s: plugins.%s: expected a mapping of settings".formatted(path, entry.getKey()));
            }
            settings.put(entry.getKey(), YAML.convertValue(entry.getValue(), SETTINGS));
        });
        return settings;
    }

    /**
     * {@return the clouds in the file, or else those in {@code clouds.yaml}; plus that of the environment} Not part of
     * {@link #check}, because client commands do not need the clouds.
     *
     * @throws Invalid when the files cannot be read or parsed
     */
    CloudDocuments clouds() {
        JsonNode clouds = root.path("clouds");
        if (!clouds.isMissingNode() && !clouds.isObject()) {
            throw new Invalid("%s: clouds: expected a mapping of clouds by name".formatted(path));
        }
        try {
            return CloudFiles.usual(environment).find(clouds);
        } catch (CloudFiles.Unreadable e) {
            throw new Invalid(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String name = name(option);
        String fromEnvironment =
                environment.get("INTERLOCK_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        JsonNode value = root.path(root.has(name) ? name : name.replace('-', '_'));
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /** {@return an option's name in the file: its long name without dashes} */
    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    /**
     * {@return the capacities in the file}
     *
     * @throws Invalid when one is not a positive integer
     */
    Capacities capacities() {
        Map<String, Integer> byKind = new HashMap<>(Capacities.DEFAULT.byKind());
        Map<ResourceKey, Integer> byResource = new HashMap<>();
        root.path("capacities").properties().forEach(entry -> {
            String name = entry.getKey();
            if (entry.getValue().isObject()) {
                entry.getValue()
                        .properties()
                        .forEach(one -> byResource.put(
                                new ResourceKey(name, one.getKey()), units(name + "." + one.getKey(), one.getValue())));
            } else if (name.contains("/")) {
                String[] parts = name.split("/", 2);
                byResource.put(new ResourceKey(parts[0], parts[1]), units(name, entry.getValue()));
            } else {
                byKind.put(name, units(name, entry.getValue()));
            }
        });
        return new Capacities(byKind, byResource);
    }

    /**
     * {@return the options of planners, by name}
     *
     * @throws Invalid when a planner, an option or a value is unknown
     */
    Map<String, PlannerOptions> planners() {
        Planners installed = Planners.own(Map.of(), InstanceHosts.UNKNOWN);
        Map<String, PlannerOptions> options = new HashMap<>();
        root.path("planners").properties().forEach(entry -> {
            String name = entry.getKey();
            Planner planner = installed
                    .find(name)
                    .orElseThrow(() -> new Invalid("%s: planners.%s: unknown planner; known: %s"
                            .formatted(
                                    path,
                                    name,
                                    installed.all().stream().map(Planner::name).collect(Collectors.joining(", ")))));
            options.put(name, options(planner, entry.getValue()));
        });
        return options;
    }

    private PlannerOptions options(Planner planner, JsonNode options) {
        String at = "planners." + planner.name();
        List<ValidationError> faults = new ArrayList<>();
        PlannerOptions read = PlannerOptionsDocument.read(options, at, faults);
        options.fieldNames().forEachRemaining(name -> {
            if (!planner.options().contains(name)) {
                faults.add(new ValidationError(at + "." + name, "the planner has no such option"));
            }
        });
        if (!faults.isEmpty()) {
            ValidationError first = faults.getFirst();
            throw new Invalid("%s: %s: %s".formatted(path, first.path(), first.message()));
        }
        return read;
    }

    private int units(String name, JsonNode value) {
        if (!value.isInt() || value.asInt() < 1) {
            throw new Invalid("%s: capacities.%s must be a number of at least 1, not %s".formatted(path, name, value));
        }
        return value.asInt();
    }
}
