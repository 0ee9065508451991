package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.EndNode;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.RelationshipEntity;
import org.neo4j.ogm.annotation.StartNode;

/** The capacity of a resource in the document of a plan, as {@code (:ActionPlan)-[:LIMITS]->(:Resource)}. */
@RelationshipEntity("LIMITS")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class LimitEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    @StartNode
    private @Nullable ActionPlanEntity plan;

    @EndNode
    private ResourceEntity resource = new ResourceEntity();

    private int capacity;

    /** For the object mapper. */
    LimitEntity() {}

    /** {@return the resource} */
    public ResourceEntity resource() {
        return resource;
    }

    /** {@return the capacity in units} */
    public int capacity() {
        return capacity;
    }
}
