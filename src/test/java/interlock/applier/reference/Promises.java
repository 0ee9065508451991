package interlock.applier.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.neo4j.driver.types.MapAccessor;

/** The invariants of the graph. */
public final class Promises {
    private Promises() {}

    /** Looks at a whole graph, through what answers a statement with its rows. */
    public static void check(Function<String, ? extends List<? extends MapAccessor>> graph) {
        none(graph, "a label that disagrees with its state", """
                MATCH (a:Action)
                WITH a, [label IN labels(a) WHERE label <> 'Action'] AS labels
                WHERE size(labels) <> 1 OR NOT (toUpper(labels[0]) = a.state
                  OR labels[0] = 'Ready' AND a.state = 'PENDING')
                RETURN a.id, labels, a.state
                """);
        none(graph, "an action that started before its parents were complete", """
                MATCH (p:ActionPlan)-[:CONTAINS]->(a:Action)-[d:DEPENDS_ON]->(parent)
                WHERE (a:Ongoing OR a:Ready) AND d.replacedBy IS NULL
                  AND NOT coalesce(parent.released, parent.state IN ['SUCCEEDED', 'SKIPPED'])
                  AND NOT (p.onFailure = 'ignore' AND parent.state = 'FAILED')
                RETURN a.id, parent.id, parent.state
                """);
        none(graph, "a child that started before its parent had finished", """
                MATCH (latest:Attempt)<-[:ATTEMPTED]-(a:Action)-[d:DEPENDS_ON]->(parent)
                WHERE latest.number = a.attempt AND d.replacedBy IS NULL AND a.state IN ['ONGOING', 'SUCCEEDED']
                  AND parent.finishedAt > latest.startedAt AND parent.released IS NULL AND NOT EXISTS {
                        (:ActionPlan {onFailure: 'ignore'})-[:CONTAINS]->(a)
                      }
                  AND NOT EXISTS { // its parent was reverted and runs again; the child's revert was skipped
                        (parent)-[:ATTEMPTED]->(again:Attempt WHERE again.startedAt >= latest.finishedAt)
                      }
                RETURN a.id, parent.id
                """);
        none(graph, "a resource of which too much is held, or miscounted", """
                MATCH (r:Resource)
                OPTIONAL MATCH (r)<-[h:HOLDS]-(:Ongoing)
                WITH r, sum(coalesce(h.units, 0)) AS held
                WHERE held > r.capacity OR held <> r.used OR coalesce(r.free, -1) <> coalesce(r.capacity - r.used, -1)
                RETURN r.key, r.used, r.free, held, r.capacity
                """);
        none(graph, "a running action without exactly one applier and one open attempt, or another one with them", """
                MATCH (a:Action)
                WITH a, COUNT { (:Applier {id: a.applier})-[:RUNS]->(a) } AS runs,
                  COUNT { (a)-[:ATTEMPTED]->(t) WHERE t.outcome IS NULL } AS running
                WHERE runs <> CASE WHEN a:Ongoing THEN 1 ELSE 0 END OR runs <> running
                RETURN a.id, a.state, runs, running
                """);
        none(graph, "attempts that are not numbered one by one", """
                MATCH (a:Action)
                OPTIONAL MATCH (a)-[:ATTEMPTED]->(t)
                WITH a, t ORDER BY t.number
                WITH a, collect(t.number) AS numbers
                WHERE numbers <> range(1, a.attempt)
                RETURN a.id, a.attempt, numbers
                """);
        none(
                graph,
                "an action that succeeded twice without being reverted between, or without an attempt that did",
                """
                MATCH (a:Action)
                WITH a, COUNT { (a)-[:ATTEMPTED]->({outcome: 'SUCCEEDED'}) } AS successes,
                  COUNT { (a)<-[:REVERTS]-({state: 'SUCCEEDED'}) } AS reverts
                MATCH (p:ActionPlan {uuid: a.planUuid})
                WITH a, successes, reverts, // a retry runs these again
                  a.inFinally IS NOT NULL OR a.triggerRule IS NOT NULL OR a.afterFailure IS NOT NULL
                    OR coalesce(p.activations, 0) > COUNT { (:AlternativePath {planUuid: p.uuid})-[:ACTIVATED_BY]->() } AS again
                WHERE successes > reverts + 1 AND NOT again OR a.state = 'SUCCEEDED' AND successes = 0
                RETURN a.id, a.state, successes, reverts
                """);
        none(graph, "an attempt before its time", """
                MATCH (earlier:Attempt)<-[:ATTEMPTED]-(a:Action)-[:ATTEMPTED]->(later:Attempt)
                WHERE later.number = earlier.number + 1 AND earlier.outcome = 'FAILED' AND a.state <> 'PENDING'
                  AND a.failures = later.number AND later.startedAt < earlier.finishedAt + duration('PT1S')
                RETURN a.id, later.number
                """);
        none(graph, "an action whose number is not its place in the plan", """
                MATCH (p:ActionPlan)-[:CONTAINS]->(a:Action)
                WITH p, a ORDER BY a.number
                WITH p, collect(a.number) AS numbers
                WHERE numbers <> range(0, p.actionsTotal - 1)
                RETURN p.uuid, numbers
                """);
        none(graph, "a deadline that nothing waits for, or that is not watched", """
                MATCH (a:Action)
                WHERE a.deadlineAt IS NOT NULL AND a.state <> 'PENDING'
                  OR a.deadlineAt IS NULL AND a.state = 'PENDING' AND a.startedAt IS NOT NULL
                    AND a.deadlineSeconds IS NOT NULL
                RETURN a.id AS id, a.state AS state
                UNION ALL
                MATCH (p:ActionPlan)
                WHERE (p.deadlineAt IS NOT NULL) <> (p.state IN ['ONGOING', 'CANCELLING'] AND p.expiredAt IS NULL
                  AND p.deadlineSeconds IS NOT NULL AND coalesce(p.finallyState, '') <> 'ONGOING')
                  AND p.state <> 'CANCELLING'
                RETURN p.uuid AS id, p.state AS state
                """);
        none(graph, "a plan that miscounts", """
                MATCH (p:ActionPlan)
                WHERE p.pending <> COUNT { (p)-[:CONTAINS]->({state: 'PENDING'}) }
                  OR p.ongoing <> COUNT { (p)-[:CONTAINS]->({state: 'ONGOING'}) }
                  OR p.succeeded <> COUNT { (p)-[:CONTAINS]->({state: 'SUCCEEDED'}) }
                  OR p.failed <> COUNT { (p)-[:CONTAINS]->({state: 'FAILED'}) }
                  OR p.skipped <> COUNT { (p)-[:CONTAINS]->({state: 'SKIPPED'}) }
                  OR p.standby <> COUNT { (p)-[:CONTAINS]->({state: 'STANDBY'}) }
                  OR p.actionsTotal <> COUNT { (p)-[:CONTAINS]->() }
                  OR p.cancelled <> COUNT { (p)-[:CONTAINS]->({state: 'CANCELLED'}) }
                RETURN p.uuid
                """);
        none(graph, "a hole in the revisions", """
                MATCH (p:ActionPlan)
                WHERE p.revision <> COUNT { MATCH (r:Revision {planUuid: p.uuid}) }
                RETURN p.revision
                """);
        none(graph, "a path that miscounts", """
                MATCH (path:AlternativePath)
                WITH path, COUNT {
                  MATCH (own:AlternativePath)-[:CONTAINS]->(a:Action)
                  WHERE (own = path OR path.uuid IN own.enclosing) AND a.state IN ['PENDING', 'ONGOING']
                } AS open
                WHERE path.unfinished <> open
                RETURN path.name, path.state, path.unfinished, open
                """);
        none(graph, "an action that waits for more or fewer parents than it has", """
                MATCH (a:Action)
                WHERE a.state IN ['PENDING', 'STANDBY'] OR a.released = false
                MATCH (plan:ActionPlan {uuid: a.planUuid})
                WHERE NOT coalesce(plan.change, '') IN ['RETRYING', 'COUNTING'] AND NOT plan.state IN ['FAILED', 'CANCELLED']
                OPTIONAL MATCH (path:AlternativePath {uuid: a.pathUuid})
                WITH a, path, COUNT {
                  (a)-[d:DEPENDS_ON]->(p)
                  WHERE d.replacedBy IS NULL AND NOT coalesce(p.released, p.state IN ['SUCCEEDED', 'SKIPPED'])
                    AND p.ignored IS NULL
                } AS unmet
                WHERE a.unmetParents <> unmet + CASE WHEN path.holding AND a.reverts IS NULL THEN 1 ELSE 0 END
                RETURN a.id, a.unmetParents, unmet, path.holding
                """);
        none(graph, "an action that waits in a paused plan, or does not wait though nothing holds it", """
                MATCH (a:Action)
                MATCH (p:ActionPlan {uuid: a.planUuid})
                WHERE a:Ready AND (p.paused AND NOT coalesce(p.change, '') IN ['COUNTING', 'FINISHING', 'PAUSING'] OR p.state <> 'ONGOING')
                  OR a:Pending AND p.state = 'ONGOING' AND NOT p.paused AND a.unmetParents = 0 AND a.notBefore IS NULL
                    AND p.change IS NULL
                RETURN a.id, labels(a), p.state, p.paused
                """);
        none(
                graph,
                "a ready action that no claim would find, or that is both in the queue and waits for a resource",
                """
                MATCH (a:Ready)
                MATCH (p:ActionPlan {uuid: a.planUuid})
                WHERE (a.rank IS NULL) = (a.blockedBy IS NULL)
                  OR a.rank IS NOT NULL AND p.state = 'ONGOING' AND NOT p.paused
                    AND (p.stopping IS NULL OR a.reverts IS NOT NULL AND a.pathUuid IS NULL)
                    AND (p.queueClass IS NULL OR p.queueIdle IS NULL OR coalesce(p.queueLongest, -1) < a.rank)
                  OR a.blockedBy IS NOT NULL AND NOT EXISTS { (p)-[:WAITS_FOR]->(:Contended {key: a.blockedBy}) }
                RETURN a.id, a.rank, a.blockedBy, p.queueClass, p.queueIdle, p.queueLongest
                """);
        none(graph, "a plan in the queue by a wrong number of slots or another priority", """
                MATCH (p:ActionPlan)
                WHERE p.queueIdle <> -p.ongoing
                  OR p.queueClass <> coalesce(p.priority, 0) + CASE WHEN p.queueLongest >= 999999999.0 THEN 0.5 ELSE 0.0 END
                RETURN p.name, p.queueClass, p.queueIdle, p.ongoing, p.priority, p.queueLongest
                """);
    }

    private static void none(
            Function<String, ? extends List<? extends MapAccessor>> graph, String what, String cypher) {
        assertThat(graph.apply(cypher)).as(what).isEmpty();
    }
}
