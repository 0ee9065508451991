package interlock.model;

import interlock.api.ResourceUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What documents may hold at most, so that all that is accepted can be stored, indexed, read back and shown. The schema of
 * plan documents and {@code docs/limits.md} name the same numbers.
 */
public final class DocumentLimits {
    /**
     * The characters of a name, an id, a kind or a resource id. In UTF-8 these are at most 1,020 bytes. An indexed key is made of two of
     * them at most; the database indexes keys of up to 8,164 bytes.
     */
    public static final int NAME = 255;

    /** The characters of an action's parameters, written as JSON: four times what a column of Watcher's tables holds. */
    public static final int PARAMETERS = 250_000;

    /** How deep objects and lists stand in one another in an action's parameters. */
    public static final int PARAMETERS_DEPTH = 100;

    /** The actions of a plan, those of alternative paths included. */
    public static final int ACTIONS = 100_000;

    /** The resources that one action uses, those that follow from its parameters included. */
    public static final int USES = 100;

    /** The resources of which one plan sets the capacity. */
    public static final int RESOURCES = 10_000;

    /** The faults of a document that are looked for. */
    public static final int FAULTS = 10_000;

    private DocumentLimits() {}

    /** {@return what is wrong with a name, if it is too long} */
    public static Optional<String> nameFault(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= NAME
                ? Optional.empty()
                : Optional.of("has %d characters; %d are the limit".formatted(length, NAME));
    }

    /**
     * {@return what is wrong with an action's parameters}
     *
     * @param path where they stand in the document
     */
    public static List<ValidationError> parameterFaults(Map<String, Object> parameters, String path) {
        List<ValidationError> faults = new ArrayList<>();
        Measure measure = new Measure();
        measure.add(parameters, 1);
        if (measure.tooDeep) {
            faults.add(new ValidationError(
                    path,
                    "objects and lists stand in one another more than %d deep, which is the limit"
                            .formatted(PARAMETERS_DEPTH)));
        } else if (measure.length > PARAMETERS) {
            faults.add(new ValidationError(
                    path, "has %d characters as JSON; %d are the limit".formatted(measure.length, PARAMETERS)));
        }
        return faults;
    }

    /**
     * {@return what is wrong with what an action uses}
     *
     * @param path where the document says what it uses
     */
    public static List<ValidationError> useFaults(List<ResourceUse> uses, String path) {
        List<ValidationError> faults = new ArrayList<>();
        if (uses.size() > USES) {
            faults.add(new ValidationError(
                    path, "the action uses %d resources; %d are the limit".formatted(uses.size(), USES)));
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

    /** How long a value is as JSON, and whether it is too deep. */
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
