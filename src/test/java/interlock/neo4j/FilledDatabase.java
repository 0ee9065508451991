package interlock.neo4j;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.NewPlan;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/**
 * A database with much of everything in it: a plan with more routes than anybody can count, one of paths as deep in one another
 * as they may be, one of thousands of actions that wait for nothing but resources, and beside them all that has ended.
 */
final class FilledDatabase implements AutoCloseable {
    /** How many actions have ended, in plans of a thousand each. */
    static final int ENDED = Integer.getInteger("interlock.ended", 20_000);

    /** How deep paths may be in one another. */
    static final int DEPTH = 32;

    static final int MEMBERS = 10;
    private static final int WIDE = 10_000;
    private static final int SLOTS = 64;

    private final Rig rig = new Rig(true, WIDE, SLOTS);
    private final List<Scene> scenes;

    /**
     * A plan in the middle of its life.
     *
     * @param first the uuid of an action that runs; if others depend on one another, many on this one
     * @param last the uuid of one that waits; if it depends on others, on many
     * @param waiting the uuids of some that wait
     * @param running some that run: maps of action, applier, attempt
     * @param succeeded the uuids of some that have succeeded
     * @param paths the uuids of its paths that were activated, from the outermost on
     * @param next the uuid of one that stands by, and may take over
     * @param size how many nodes and relationships it consists of
     */
    record Scene(
            String name,
            String plan,
            String first,
            String last,
            List<String> waiting,
            List<Map<String, Object>> running,
            List<String> succeeded,
            List<String> paths,
            String next,
            long size) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Fills an empty database. */
    FilledDatabase() {
        end();
        Applier applier = rig.applier(SLOTS);
        UUID nested = rig.start(NestedPlan.of(DEPTH, MEMBERS));
        NestedPlan.runUntil(rig, applier, nested, DEPTH - 1);
        UUID layered = rig.start(LayeredPlan.of(10, 100));
        applier.step(true);
        UUID wide = rig.start(wide());
        rig.applier(SLOTS).step(true);
        aside();
        scenes = List.of(
                scene("layered", layered, "9/99", "none"),
                scene("nested", nested, DEPTH - 1 + "/9", "path " + DEPTH),
                scene("nested, as a whole", nested, DEPTH - 1 + "/9", "instead"),
                scene("wide", wide, "wide/9999", "none"));
    }

    private static NewPlan wide() {
        PlanBuilder plan = PlanBuilder.plan();
        for (int place = 0; place < WIDE; place++) {
            plan.action("wide/" + place).using("compute_host", "h" + place % 10, 1);
        }
        return plan.build();
    }

    private static void end() {
        query("""
                UNWIND range(0, $ended / 1000 - 1) AS number
                CALL (number) {
                  CREATE (plan:ActionPlan {
                    uuid: 'ended ' + number, number: -number - 1, name: 'ended', planner: 'explicit', onFailure: 'continue',
                    state: CASE WHEN number % 10 = 0 THEN 'FAILED' ELSE 'SUCCEEDED' END, paused: false, revision: 5,
                    actionsTotal: 1000, pending: 0, ongoing: 0, succeeded: 1000, failed: 0, skipped: 0, cancelled: 0,
                    standby: 0, createdAt: $at, startedAt: $at, updatedAt: $at, finishedAt: $at
                  })
                  WITH plan, number
                  FOREACH (revision IN range(1, 5) |
                    CREATE (plan)-[:CHANGED]->(:Revision {
                      planUuid: plan.uuid, number: revision, turn: 0, at: $at, state: plan.state, paused: false,
                      pending: 0, ongoing: 0, succeeded: 1000, failed: 0, skipped: 0, cancelled: 0, standby: 0, actions: '[]'
                    })
                  )
                  WITH plan, number
                  UNWIND range(0, 999) AS place
                  WITH plan, place, CASE
                    WHEN number % 10 > 0 THEN 'Succeeded'
                    ELSE ['Succeeded', 'Failed', 'Cancelled', 'Skipped'][place % 4]
                  END AS label
                  CREATE (plan)-[:CONTAINS]->(action:Action {
                    uuid: plan.uuid + '/' + place, planUuid: plan.uuid, id: 'ended/' + place, name: 'ended/' + place,
                    number: place, layer: place, priority: 1.0, actionType: 'nop', inputParameters: '{}',
                    resourceId: 'vm-' + place % 100, state: toUpper(label), attempt: 1, failures: 0, maxAttempts: 1,
                    unmetParents: 0, applier: 'gone ' + place % 100, createdAt: $at, startedAt: $at, updatedAt: $at,
                    finishedAt: $at
                  })
                  SET action:$(label)
                  CREATE (action)-[:ATTEMPTED]->(:Attempt {
                    number: 1, name: 'attempt 1', applier: action.applier, startedAt: $at, finishedAt: $at, outcome: 'SUCCEEDED'
                  })
                  MERGE (host:Resource {key: 'compute_host/h' + place % 10})
                    ON CREATE SET
                      host.kind = 'compute_host', host.id = 'h' + place % 10, host.name = host.id,
                      host.planCapacity = 3, host.capacity = 3, host.source = 'plan', host.used = 0, host.free = 3
                  CREATE (action)-[:USES {units: 1}]->(host)
                  WITH plan, collect(action) AS actions
                  CREATE (path:AlternativePath {
                    uuid: plan.uuid + '/path', planUuid: plan.uuid, name: 'ended', rank: 1, enclosing: [], state: 'SUCCEEDED',
                    unfinished: 0, activation: 1, abortRunning: false, revert: false, activatedAt: $at, openedAt: $at,
                    finishedAt: $at
                  })
                  FOREACH (action IN actions[0..1] | CREATE (path)-[:REPLACES]->(action), (path)-[:ACTIVATED_BY]->(action))
                  FOREACH (action IN actions[1..2] | CREATE (path)-[:CONTAINS]->(action) SET action.pathUuid = path.uuid)
                  WITH actions
                  UNWIND range(1, 999) AS place
                  WITH actions[place] AS later, actions[place - 1] AS earlier
                  CREATE (later)-[:DEPENDS_ON]->(earlier)
                } IN TRANSACTIONS OF 10 ROWS
                """, Map.of("ended", ENDED, "at", ZonedDateTime.parse("2026-01-01T00:00:00Z")));
    }

    /** Nodes outside running plans: audits, webhooks, lost appliers, drafts, and interrupted writes. */
    private static void aside() {
        query("""
                UNWIND range(1, 50) AS number
                CREATE (:Audit {
                  uuid: 'audit ' + number, name: 'audit ' + number, activeName: 'audit ' + number, number: number,
                  state: 'PENDING', goal: 'dummy', strategy: 'dummy', parameters: '{}', scope: '[]', autoTrigger: false
                })
                CREATE (:AuditTemplate {
                  uuid: 'template ' + number, name: 'template ' + number, activeName: 'template ' + number, number: number,
                  state: 'ACTIVE', goal: 'dummy', strategy: 'dummy', defaultParameters: '{}', scope: '[]'
                })
                CREATE (:Webhook {
                  uuid: 'webhook ' + number, number: number, url: 'http://example.com', events: ['*'], state: 'ACTIVE', turn: 0,
                  revisions: 0, occurrences: 0, delivered: 0, failures: 0, fence: 0
                })
                CREATE (:Applier {id: 'gone ' + number, name: 'gone ' + number, host: 'gone', process: 1, state: 'LOST'})
                CREATE (:ActionPlan {
                  uuid: 'recommended ' + number, number: -number, name: 'recommended', state: 'RECOMMENDED', paused: false,
                  onFailure: 'continue', auditUuid: 'audit ' + number, idempotencyKey: 'key ' + number, revision: 1,
                  actionsTotal: 0, pending: 0, ongoing: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0, standby: 0,
                  createdAt: datetime('2026-01-01T00:00:00Z'), updatedAt: datetime('2026-01-01T00:00:00Z')
                })
                """, Map.of());
        query("""
                UNWIND ['draft', 'swept'] AS name
                CREATE (draft:Draft {
                  uuid: name, until: datetime(CASE name WHEN 'draft' THEN '2999-01-01T00:00:00Z' ELSE '2000-01-01T00:00:00Z' END)
                })
                WITH draft
                UNWIND range(0, 499) AS number
                CREATE (draft)-[:CONTAINS]->(:Action:Pending {
                  uuid: draft.uuid + '/' + number, planUuid: draft.uuid, number: number, state: 'PENDING'
                })
                """, Map.of());
    }

    private static Scene scene(String name, UUID uuid, String last, String next) {
        String plan = uuid.toString();
        List<Map<String, Object>> running = query("""
                MATCH (applier:Applier)-[:RUNS]->(action:Action {planUuid: $plan})
                RETURN {action: action.uuid, applier: applier.id, attempt: action.attempt} AS it ORDER BY action.number LIMIT 50
                """, Map.of("plan", plan)).stream()
                .map(row -> row.get("it").asMap())
                .toList();
        return new Scene(
                name,
                plan,
                String.valueOf(running.getFirst().get("action")),
                uuids("MATCH (a:Action {planUuid: $plan, id: '%s'}) RETURN a.uuid AS it".formatted(last), plan)
                        .getFirst(),
                uuids(
                        "MATCH (a:Action {planUuid: $plan, state: 'PENDING'}) RETURN a.uuid AS it ORDER BY a.number LIMIT 50",
                        plan),
                running,
                uuids(
                        "MATCH (a:Action {planUuid: $plan}) WHERE a.state IN ['FAILED', 'SUCCEEDED', 'PENDING'] "
                                + "RETURN a.uuid AS it ORDER BY a.number LIMIT 50",
                        plan),
                uuids(
                        "MATCH (p:AlternativePath {planUuid: $plan}) WHERE p.state <> 'STANDBY' "
                                + "RETURN p.uuid AS it ORDER BY p.activation",
                        plan),
                uuids(
                                "MATCH (p:AlternativePath {planUuid: $plan, name: '%s'}) RETURN p.uuid AS it"
                                        .formatted(next),
                                plan)
                        .stream()
                        .findFirst()
                        .orElse("none"),
                query("""
                        MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action)
                        WITH count(*) AS actions, sum(COUNT { (action)-[:DEPENDS_ON|USES|ATTEMPTED|REVERTS]->() }) AS edges
                        OPTIONAL MATCH (path:AlternativePath {planUuid: $plan})
                        WITH actions, edges, count(path) + sum(COUNT { (path)-[]->() }) AS ofPaths
                        RETURN 2 * actions + edges + ofPaths AS it
                        """, Map.of("plan", plan)).getFirst().get("it").asLong());
    }

    private static List<String> uuids(String cypher, String plan) {
        return query(cypher, Map.of("plan", plan)).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }

    /** Outside of a transaction, as some are made of many. */
    private static List<Record> query(String cypher, Map<String, Object> parameters) {
        try (Session session = Neo4jServer.session()) {
            return session.run(cypher, parameters).list();
        }
    }

    /** {@return the time, by the clock from which what is stored has its times} */
    ZonedDateTime now() {
        return rig.clock.instant().atZone(ZoneOffset.UTC);
    }

    List<Scene> scenes() {
        return scenes;
    }

    @Override
    public void close() {
        rig.close();
        Neo4jServer.empty();
    }
}
