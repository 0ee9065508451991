package interlock.neo4j.entity;

import org.neo4j.ogm.annotation.RelationshipEntity;

/** The capacity of a resource in the document of a plan, as {@code (:ActionPlan)-[:LIMITS]->(:Resource)}. */
@RelationshipEntity("LIMITS")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class LimitEntity extends PlanResourceEntity {
    private int capacity;

    /** For the object mapper. */
    LimitEntity() {}

    /** {@return the capacity in units} */
    public int capacity() {
        return capacity;
    }
}
