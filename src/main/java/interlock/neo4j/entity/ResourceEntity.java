package interlock.neo4j.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** A resource, as {@code (:Resource)}. It has no field for its actions and plans, because all plans share it. */
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

    private @Nullable String planUuid;

    private @Nullable Integer operatorCapacity;

    private @Nullable Integer configuredCapacity;

    private @Nullable Integer planCapacity;

    private @Nullable Integer defaultCapacity;

    private @Nullable Integer capacity;

    private String source = "";

    private int used;

    private @Nullable Integer free;

    private @Nullable String reservedFor;

    @Convert(TimeConverter.class)
    private @Nullable Instant reservedSince;

    /** For the object mapper. */
    ResourceEntity() {}

    /** {@return its key, made of kind and id; that of a plan's own resource begins with the plan's uuid} */
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

    /** {@return the uuid of the plan that it belongs to; null if it is shared} */
    public @Nullable String planUuid() {
        return planUuid;
    }

    /** {@return its capacity in units; null if it is unlimited} */
    public @Nullable Integer capacity() {
        return capacity;
    }

    /** {@return where its capacity comes from: default, plan, configuration or operator} */
    public String source() {
        return source;
    }

    /** {@return the units that running actions hold} */
    public int used() {
        return used;
    }

    /** {@return the free units, negative after its capacity was lowered; null if it is unlimited} */
    public @Nullable Integer free() {
        return free;
    }
}
