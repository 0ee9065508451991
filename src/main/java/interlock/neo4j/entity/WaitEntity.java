package interlock.neo4j.entity;

import org.neo4j.ogm.annotation.RelationshipEntity;

/** A plan whose ready actions wait for a resource. */
@RelationshipEntity("WAITS_FOR")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class WaitEntity extends PlanResourceEntity {
    private double longest;

    /** For the object mapper. */
    WaitEntity() {}

    /** {@return the longest remaining path of the waiting actions, in seconds, at least} */
    public double longest() {
        return longest;
    }
}
