package interlock.action;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The action types that are installed, by name, each with the schema of its parameters. */
public final class ActionTypes {
    private final Map<String, Installed> byName = new TreeMap<>();

    /**
     * A type and its schema, ready to validate.
     *
     * @param type the type
     * @param schema what its input parameters must look like
     */
    public record Installed(ActionType type, Schema schema) {}

    /** Takes these. */
    public ActionTypes(Iterable<? extends ActionType> types) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (ActionType type : types) {
            byName.put(type.name(), new Installed(type, registry.getSchema(type.parametersSchema(), InputFormat.JSON)));
        }
    }

    /** {@return those that {@link ServiceLoader} finds} */
    public static ActionTypes installed() {
        return installed(List.of());
    }

    /** {@return those that {@link ServiceLoader} finds, and these: they were given what they work with} */
    public static ActionTypes installed(Collection<? extends ActionType> equipped) {
        List<ActionType> all = new ArrayList<>(equipped);
        ServiceLoader.load(ActionType.class).forEach(all::add);
        return new ActionTypes(all);
    }

    /** {@return the type of that name, if there is one} */
    public Optional<Installed> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return all of them, by name} */
    public Collection<Installed> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** {@return their names} */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }
}
