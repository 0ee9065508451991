package interlock.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.action.SchemaErrors;
import interlock.model.DurationText;
import interlock.model.ValidationError;
import interlock.simulator.Topology.Failing;
import interlock.simulator.Topology.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads a topology, and reports all of its errors at once. */
final class TopologyDocument {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Schema SCHEMA = schema();

    private final JsonNode document;
    private final List<ValidationError> faults = new ArrayList<>();

    private TopologyDocument(JsonNode document) {
        this.document = document;
    }

    private static Schema schema() {
        try (InputStream in = TopologyDocument.class.getResourceAsStream("/interlock/topology.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(YAML.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the topology}
     *
     * @param text the document, in YAML
     * @param file its name in error messages
     * @throws InvalidTopology with all errors
     */
    static Topology read(String text, String file) {
        TopologyDocument document = new TopologyDocument(parse(text, file));
        document.faults.addAll(SchemaErrors.of(SCHEMA, document.document, ""));
        document.check();
        if (!document.faults.isEmpty()) {
            throw new InvalidTopology(file, document.faults);
        }
        return document.topology();
    }

    private static JsonNode parse(String text, String file) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            int line = Optional.ofNullable(e.getLocation())
                    .map(at -> at.getLineNr())
                    .orElse(0);
            String message = "line %d: %s"
                    .formatted(line, e.getOriginalMessage().lines().findFirst().orElse(""));
            throw new InvalidTopology(file, List.of(new ValidationError("", message)));
        }
    }

    private void check() {
        for (String list : List.of("hosts", "flavors", "instances", "volume_types", "volumes")) {
            unique(list, "name");
        }
        unique("instances", "uuid");
        unique("volumes", "uuid");
        Set<String> pools = new HashSet<>();
        document.path("pools").forEach(pool -> pools.add(pool.asText()));
        refer("instances", "host", names("hosts"));
        refer("instances", "flavor", names("flavors"));
        refer("volumes", "pool", pools);
        refer("volumes", "type", names("volume_types"));
        refer("volumes", "attached_to", names("instances"));
        each("volume_types", (type, path) -> {
            int i = 0;
            for (JsonNode pool : type.path("pools")) {
                known(pool, pools, "%s.pools[%d]".formatted(path, i++));
            }
        });
        durations();
        if (faults.isEmpty()) {
            room();
        }
    }

    private void room() {
        Map<String, Integer> vcpus = new HashMap<>();
        document.path("flavors")
                .forEach(flavor -> vcpus.put(
                        flavor.path("name").asText(), flavor.path("vcpus").asInt(1)));
        Map<String, Integer> taken = new HashMap<>();
        document.path("instances")
                .forEach(instance -> taken.merge(
                        instance.path("host").asText(),
                        vcpus.getOrDefault(instance.path("flavor").asText(), 0),
                        Integer::sum));
        each("hosts", (host, path) -> {
            int needed = taken.getOrDefault(host.path("name").asText(), 0);
            if (needed > host.path("vcpus").asInt()) {
                faults.add(new ValidationError(path + ".vcpus", "its instances need %d".formatted(needed)));
            }
        });
    }

    /** Handles a member of a list. */
    @FunctionalInterface
    private interface Visit {
        void visit(JsonNode member, String path);
    }

    private void each(String list, Visit visit) {
        int i = 0;
        for (JsonNode member : document.path(list)) {
            visit.visit(member, "%s[%d]".formatted(list, i++));
        }
    }

    private Set<String> names(String list) {
        Set<String> names = new HashSet<>();
        each(list, (member, _) -> names.add(member.path("name").asText()));
        return names;
    }

    private void unique(String list, String field) {
        Map<String, String> seen = new HashMap<>();
        each(list, (member, path) -> {
            String value = member.path(field).asText();
            String first = member.has(field) ? seen.putIfAbsent(value, path) : null;
            if (first != null) {
                faults.add(new ValidationError(
                        "%s.%s".formatted(path, field), "'%s' is already used by %s".formatted(value, first)));
            }
        });
    }

    private void refer(String list, String field, Set<String> names) {
        each(list, (member, path) -> {
            if (member.has(field)) {
                known(member.path(field), names, "%s.%s".formatted(path, field));
            }
        });
    }

    private void known(JsonNode name, Set<String> names, String path) {
        if (!names.contains(name.asText())) {
            String all = names.stream().sorted().limit(10).collect(Collectors.joining(", "));
            faults.add(new ValidationError(path, "unknown: '%s'; known: %s".formatted(name.asText(), all)));
        }
    }

    private Topology topology() {
        Map<String, Map<Operation, Failing>> failuresOf = new HashMap<>();
        each("hosts", (host, _) -> failuresOf.put(host.path("name").asText(), failures(host)));
        each("instances", (instance, _) -> failuresOf.put(instance.path("uuid").asText(), failures(instance)));
        each("volumes", (volume, _) -> failuresOf.put(volume.path("uuid").asText(), failures(volume)));
        return new Topology(
                document.path("seed").asLong(1),
                durations(),
                failures(document),
                list(
                        "hosts",
                        host -> new Topology.Host(
                                text(host, "name"),
                                text(host, "rack"),
                                host.path("vcpus").asInt())),
                list(
                        "flavors",
                        flavor -> new Topology.Flavor(
                                text(flavor, "name"),
                                flavor.path("vcpus").asInt(1),
                                flavor.path("ram").asInt(2048),
                                flavor.path("disk").asInt(20))),
                list(
                        "instances",
                        instance -> new Topology.Instance(
                                text(instance, "uuid"),
                                text(instance, "name"),
                                text(instance, "host"),
                                text(instance, "flavor"),
                                instance.path("status").asText("ACTIVE"))),
                list("pools", JsonNode::asText),
                list(
                        "volume_types",
                        type -> new Topology.VolumeType(
                                text(type, "name"),
                                StreamSupport.stream(type.path("pools").spliterator(), false)
                                        .map(JsonNode::asText)
                                        .toList())),
                list(
                        "volumes",
                        volume -> new Topology.Volume(
                                text(volume, "uuid"),
                                text(volume, "name"),
                                text(volume, "pool"),
                                text(volume, "type"),
                                uuid(text(volume, "attached_to")))),
                failuresOf);
    }

    private <T> List<T> list(String name, Function<JsonNode, T> read) {
        return StreamSupport.stream(document.path(name).spliterator(), false)
                .map(read)
                .toList();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private String uuid(String instance) {
        return StreamSupport.stream(document.path("instances").spliterator(), false)
                .filter(it -> text(it, "name").equals(instance))
                .map(it -> text(it, "uuid"))
                .findFirst()
                .orElse("");
    }

    private Map<Operation, Span> durations() {
        Map<Operation, Span> spans = new EnumMap<>(Operation.class);
        JsonNode durations = document.path("durations");
        for (Operation operation : Operation.all()) {
            JsonNode span = durations.path(operation.word());
            String path = "durations." + operation.word();
            if (span.isTextual()) {
                spans.put(operation, new Span(duration(span, path), Duration.ZERO));
            } else if (span.isObject()) {
                Duration mean = duration(span.path("mean"), path + ".mean");
                Duration spread = span.has("spread") ? duration(span.path("spread"), path + ".spread") : Duration.ZERO;
                if (spread.compareTo(mean) > 0) {
                    faults.add(new ValidationError(path + ".spread", "must not be more than the mean"));
                }
                spans.put(operation, new Span(mean, spread));
            }
        }
        return spans;
    }

    private Duration duration(JsonNode text, String path) {
        if (!text.isTextual()) {
            return Duration.ZERO; // the schema check has reported it
        }
        try {
            return DurationText.parse(text.asText());
        } catch (IllegalArgumentException e) {
            faults.add(new ValidationError(path, String.valueOf(e.getMessage())));
            return Duration.ZERO;
        }
    }

    private static Map<Operation, Failing> failures(JsonNode of) {
        Map<Operation, Failing> failures = new LinkedHashMap<>();
        for (Operation operation : Operation.all()) {
            JsonNode failing = of.path("failures").path(operation.word());
            if (failing.isNumber() || failing.isObject()) {
                failures.put(
                        operation,
                        new Failing(
                                failing.isNumber()
                                        ? failing.asDouble()
                                        : failing.path("rate").asDouble(1),
                                failing.path("times").asInt(Integer.MAX_VALUE),
                                failing.path("error").asBoolean(false),
                                failing.path("message")
                                        .asText("simulated failure of this %s".formatted(operation.words()))));
            }
        }
        return failures;
    }
}
