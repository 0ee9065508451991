package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;

/** A resource, as {@code (:Resource)}. It has no field for its actions, because actions of all plans take it. */
@NodeEntity("Resource")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class ResourceEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String key = "";

    private String name = "";

    private String kind = "";

    private String id = "";

    private int capacity;

    private int used;

    private int free;

    /** For the object mapper. */
    ResourceEntity() {}

    /** {@return its key, made of kind and id} */
    public String key() {
        return key;
    }

    /** {@return its kind} */
    public String kind() {
        return kind;
    }

    /** {@return its id within its kind} */
    public String id() {
        return id;
    }

    /** {@return its capacity in units} */
    public int capacity() {
        return capacity;
    }

    /** {@return the units that running actions hold} */
    public int used() {
        return used;
    }

    /** {@return the free units} */
    public int free() {
        return free;
    }
}
