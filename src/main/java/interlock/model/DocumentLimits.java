package interlock.model;

import interlock.api.ResourceUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The size limits of documents, chosen so that every accepted document can be stored, indexed, read back and shown. The
 * schema of plan documents and {@code docs/limits.md} contain the same numbers.
 */
public final class DocumentLimits {
    /**
     * The maximum length in characters of a name, an id, a resource kind or a resource id. In UTF-8 these are at most
     * 1,020 bytes. An indexed key consists of at most two of them; the database indexes keys of up to 8,164 bytes.
     */
    public static final int NAME = 255;

    /**
     * The maximum length in characters of an action's parameters as JSON: four times the column size in Watcher's
     * tables.
     */
    public static final int PARAMETERS = 250_000;

    /** The maximum depth of nested objects and lists in an action's parameters. */
    public static final int PARAMETERS_DEPTH = 100;

    /** The maximum number of actions of a plan, including those of alternative paths. */
    public static final int ACTIONS = 100_000;

    /**
     * The maximum number of resources that one action uses, including those that its type derives from the parameters.
     */
    public static final int USES = 100;

    /** The maximum number of resources whose capacity one plan sets. */
    public static final int RESOURCES = 10_000;

    /** The maximum number of errors that are reported for a document. */
    public static final int FAULTS = 10_000;

    private DocumentLimits() {}

    /** {@return the error of a name that is too long, or that contains characters which names must not contain} */
    public static Optional<String> nameFault(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= NAME
                ? Characters.fault(name)
                : Optional.of("has %d characters; the limit is %d".formatted(length, NAME));
    }

    /**
     * {@return the errors of an action's parameters}
     *
     * @param path their path in the document
     */
    public static List<ValidationError> parameterFaults(Map<String, Object> parameters, String path) {
        List<ValidationError> faults = new ArrayList<>();
        Measure measure = new Measure();
        measure.add(parameters, 1);
        if (measure.tooDeep) {
            faults.add(new ValidationError(
                    path,
                    "objects and lists are nested more than %d deep, which is the limit".formatted(PARAMETERS_DEPTH)));
        } else if (measure.length > PARAMETERS) {
            faults.add(new ValidationError(
                    path, "has %d characters as JSON; the limit is %d".formatted(measure.length, PARAMETERS)));
        }
        return faults;
    }

    /**
     * {@return the errors of an action's resource uses}
     *
     * @param path the path of the uses in the document
     */
    public static List<ValidationError> useFaults(List<ResourceUse> uses, String path) {
        List<ValidationError> faults = new ArrayList<>();
        if (uses.size() > USES) {
            faults.add(new ValidationError(
                    path, "the action uses %d resources; the limit is %d".formatted(uses.size(), USES)));
        }
        for (ResourceUse use : uses) {
            nameFault(use.resource().kind())
                    .or(() -> nameFault(use.resource().id()))
                    .ifPresent(fault -> faults.add(new ValidationError(
                            path,
                            "the action uses a resource whose kind or id %s: %s".formatted(fault, use.resource()))));
        }
        return faults;
    }

    /** Measures the length and the depth of a value as JSON. */
    private static final class Measure {
        private long length;
        private boolean tooDeep;

        void add(@Nullable Object value, int depth) {
            if (depth > PARAMETERS_DEPTH && (value instanceof Map || value instanceof List)) {
                tooDeep = true;
                return;
            }
            switch (value) {
                case Map<?, ?> object -> {
                    length += 2;
                    object.forEach((name, member) -> {
                        add(name, depth + 1);
                        length += 2;
                        add(member, depth + 1);
                    });
                }
                case List<?> list -> {
                    length += 2;
                    list.forEach(element -> {
                        length++;
                        add(element, depth + 1);
                    });
                }
                case String text ->
                    length += 2 + text.chars().mapToLong(Measure::escaped).sum();
                case null, default -> length += String.valueOf(value).length();
            }
        }

        private static long escaped(int character) {
            return character < ' ' ? 6 : character == '"' || character == '\\' ? 2 : 1;
        }
    }
}
