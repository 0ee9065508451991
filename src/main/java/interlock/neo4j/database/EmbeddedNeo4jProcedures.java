package interlock.neo4j.database;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.neo4j.internal.kernel.api.procs.ProcedureSignature;
import org.neo4j.internal.kernel.api.procs.QualifiedName;
import org.neo4j.kernel.api.QueryLanguage;
import org.neo4j.kernel.api.procedure.GlobalProcedures;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * The procedures of the embedded database: those that read the graph's schema, and those that drivers and Neo4j Browser
 * call.
 */
final class EmbeddedNeo4jProcedures {
    static final List<String> KEPT = List.of(
            "db.awaitIndex",
            "db.awaitIndexes",
            "db.info",
            "db.labels",
            "db.ping",
            "db.propertyKeys",
            "db.relationshipTypes",
            "db.schema.nodeTypeProperties",
            "db.schema.relTypeProperties",
            "db.schema.visualization",
            "dbms.cluster.routing.getRoutingTable",
            "dbms.components",
            "dbms.info",
            "dbms.routing.getRoutingTable",
            "dbms.showCurrentUser",
            "tx.getMetaData",
            "tx.setMetaData");

    private EmbeddedNeo4jProcedures() {}

    /** Removes all others. The server's list of allowed procedures excludes only plug-ins. */
    static void removeOthers(GraphDatabaseAPI database) {
        GlobalProcedures procedures = database.getDependencyResolver().resolveDependency(GlobalProcedures.class);
        Set<QualifiedName> others = Arrays.stream(QueryLanguage.values())
                .flatMap(procedures.getCurrentView()::getAllProcedures)
                .map(ProcedureSignature::name)
                .filter(name -> !KEPT.contains(name.toString()))
                .collect(Collectors.toSet());
        others.forEach(procedures::unregister);
    }
}
