package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;

/** What actions take units of, as {@code (:Resource)}. It leads to no actions: those of all plans take it. */
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

    /** {@return its kind and id in one} */
    public String key() {
        return key;
    }

    /** {@return its kind} */
    public String kind() {
        return kind;
    }

    /** {@return which of its kind it is} */
    public String id() {
        return id;
    }

    /** {@return how many units there are} */
    public int capacity() {
        return capacity;
    }

    /** {@return how many of them running actions hold} */
    public int used() {
        return used;
    }

    /** {@return how many are left} */
    public int free() {
        return free;
    }
}
