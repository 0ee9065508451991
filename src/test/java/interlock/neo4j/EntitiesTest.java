package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.AuditState;
import interlock.model.PlanState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Page;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.AlternativePathEntity;
import interlock.neo4j.entity.ApplierEntity;
import interlock.neo4j.entity.AttemptEntity;
import interlock.neo4j.entity.AuditEntity;
import interlock.neo4j.entity.AuditTemplateEntity;
import interlock.neo4j.entity.DependencyEntity;
import interlock.neo4j.entity.HoldEntity;
import interlock.neo4j.entity.LimitEntity;
import interlock.neo4j.entity.ResourceEntity;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.entity.RevisionPartEntity;
import interlock.neo4j.entity.UseEntity;
import interlock.neo4j.entity.WaitEntity;
import interlock.neo4j.entity.WebhookEntity;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.AuditStore.NewTemplate;
import interlock.neo4j.store.AuditStore.Request;
import interlock.neo4j.store.AuditStore.Schedule;
import interlock.neo4j.store.WebhookStore;
import interlock.neo4j.store.WebhookStore.Then;
import interlock.neo4j.store.WebhookStore.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.ogm.annotation.RelationshipEntity;

/** The entities are the schema of the graph: what statements store is loaded as them, and they have all of it. */
@ExtendWith(Neo4jServer.class)
class EntitiesTest {
    private static final List<Class<?>> NODES = List.of(
            ActionPlanEntity.class,
            ActionEntity.class,
            AlternativePathEntity.class,
            AttemptEntity.class,
            ResourceEntity.class,
            ApplierEntity.class,
            RevisionEntity.class,
            RevisionPartEntity.class,
            AuditEntity.class,
            AuditTemplateEntity.class,
            WebhookEntity.class);
    private static final List<Class<?>> RELATIONSHIPS =
            List.of(DependencyEntity.class, UseEntity.class, HoldEntity.class, LimitEntity.class, WaitEntity.class);

    /** The labels without an entity: they are never loaded, and have no relationships but those of a draft to its actions. */
    private static final Set<String> NO_ENTITIES = Set.of(
            "Draft",
            "Purging",
            "Purge",
            "Retention",
            "PathRecord",
            "Gate",
            "Lease",
            "Lock",
            "Migration",
            "MigrationLock",
            "Unordered",
            "Contended",
            "RecordedDuration");

    private static final Cypher PLAN = new Cypher("plan", """
        MATCH (plan:ActionPlan {uuid: $plan})
        RETURN
          plan,
          [(plan)-[changed:CHANGED]->(revision) | [changed, revision]] AS revisions,
          [(plan)-[limits:LIMITS]->(limited) | [limits, limited]] AS limits,
          [(plan)-[waits:WAITS_FOR]->(awaited) | [waits, awaited]] AS waits,
          [(plan)-[contains:CONTAINS]->(action) | [
            contains, action,
            [(action)-[edge:DEPENDS_ON]->(parent) | [edge, parent]],
            [(action)-[uses:USES]->(resource) | [uses, resource]],
            [(action)-[holds:HOLDS]->(held) | [holds, held]],
            [(action)-[attempted:ATTEMPTED]->(attempt) | [attempted, attempt]],
            [(action)-[reverts:REVERTS]->(undone) | [reverts, undone]]
          ]] AS actions
        """);
    private static final Cypher PATHS = new Cypher("paths", """
        MATCH (path:AlternativePath {planUuid: $plan})
        RETURN
          path,
          [(path)-[replaces:REPLACES]->(action) | [replaces, action]] AS replaces,
          [(path)-[contains:CONTAINS]->(action) | [contains, action]] AS actions,
          [(path)-[within:WITHIN]->(outer) | [within, outer]] AS within,
          [(path)-[by:ACTIVATED_BY]->(failed) | [by, failed]] AS activatedBy
        """);
    private static final Cypher APPLIER = new Cypher("applier", """
        MATCH (applier:Applier)-[runs:RUNS]->(action:Action)
        RETURN applier, collect([runs, action]) AS running
        """);
    private static final Cypher AUDIT = new Cypher("audit", """
        MATCH (audit:Audit {uuid: $uuid})-[recommends:RECOMMENDS]->(plan:ActionPlan)
        RETURN audit, recommends, plan
        """);
    private static final Request REQUEST = new Request(
            "an audit",
            "server_consolidation",
            "basic",
            "{\"period\": 60}",
            "[]",
            true,
            false,
            new Schedule("60", LocalDateTime.parse("2026-05-04T12:00:00"), null));

    private EntityTransactions entities;
    private Graph graph;

    @BeforeEach
    void open(Graph server) {
        graph = server;
        entities = Neo4jServer.entities(server);
    }

    @Test
    void aPlanIsLoadedWithAllThatItLeadsTo() {
        try (Rig rig = new Rig()) {
            UUID uuid = rig.start(running().build());
            rig.applier(8).step(true);

            ActionPlanEntity plan = entities.read(tx -> tx.load(ActionPlanEntity.class, PLAN, plan(uuid)))
                    .getFirst();

            assertThat(plan.state().orThrow()).isEqualTo(PlanState.ONGOING);
            assertThat(plan.revisions())
                    .extracting(RevisionEntity::planUuid)
                    .isNotEmpty()
                    .containsOnly(plan.uuid());
            assertThat(plan.limits())
                    .extracting(limit -> limit.resource().source(), LimitEntity::capacity)
                    .containsExactly(tuple("plan", 2));
            assertThat(plan.actions()).extracting(ActionEntity::id).containsExactlyInAnyOrder("move", "check");
            ActionEntity move = action(plan, "move");
            assertThat(move.uses())
                    .extracting(use -> use.resource().key(), UseEntity::units)
                    .containsExactly(tuple("compute_host/h1", 2));
            assertThat(move.holds())
                    .extracting(hold -> hold.resource().used(), HoldEntity::units)
                    .containsExactly(tuple(2, 2));
            assertThat(move.attempts()).extracting(AttemptEntity::number).containsExactly(1);
            assertThat(action(plan, "check").dependencies())
                    .extracting(DependencyEntity::parent)
                    .containsExactly(move);

            ApplierEntity applier = entities.read(tx -> tx.load(ApplierEntity.class, APPLIER, Map.of()))
                    .getFirst();
            assertThat(applier.id()).isEqualTo(move.applier());
            assertThat(applier.running()).extracting(ActionEntity::id).containsExactly("move");
        }
    }

    @Test
    void alternativePathsAreLoadedWithWhatTheyStandInFor() {
        try (Rig rig = new Rig()) {
            UUID uuid = rig.start(NestedPlan.reverting(2, 3));
            run(rig);

            List<AlternativePathEntity> paths =
                    entities.read(tx -> tx.load(AlternativePathEntity.class, PATHS, plan(uuid)));

            AlternativePathEntity inner = paths.stream()
                    .filter(path -> path.name().equals("path 2"))
                    .findFirst()
                    .orElseThrow();
            assertThat(inner.replaces()).extracting(ActionEntity::id).containsExactlyInAnyOrder("1/0", "1/1", "1/2");
            assertThat(inner.actions()).extracting(ActionEntity::id).contains("2/0", "2/1", "2/2");
            assertThat(Optional.ofNullable(inner.activatedBy()).map(ActionEntity::id))
                    .contains("1/1");
            assertThat(Optional.ofNullable(inner.within()).map(AlternativePathEntity::name))
                    .contains("path 1");

            ActionPlanEntity plan = entities.read(tx -> tx.load(ActionPlanEntity.class, PLAN, plan(uuid)))
                    .getFirst();
            assertThat(Optional.ofNullable(action(plan, "revert 1/0").undone()).map(ActionEntity::id))
                    .contains("1/0");
        }
    }

    @Test
    void anAuditIsSavedAndChangedAndLeadsToItsPlan() {
        try (Rig rig = new Rig()) {
            AuditStore audits = new AuditStore(entities);
            UUID uuid = rig.start(running().build());
            Audit created = audits.create(REQUEST).orElseThrow();
            assertThat(audits.create(REQUEST)).isEmpty();
            assertThat(audits.find("an audit", false)).contains(created);
            assertThat(created.request()).isEqualTo(REQUEST);
            assertThat(created.state().orThrow()).isEqualTo(AuditState.PENDING);

            audits.recommend(created, uuid, UUID.randomUUID());
            Audit recommended = audits.find(created.uuid(), false).orElseThrow();

            assertThat(recommended.state().orThrow()).isEqualTo(AuditState.SUCCEEDED);
            assertThat(audits.change(created, AuditState.CANCELLED, Optional.empty(), REQUEST))
                    .as("it was seen in another state")
                    .isEmpty();
            AuditEntity audit = entities.read(tx -> tx.load(AuditEntity.class, AUDIT, Map.of("uuid", created.uuid())))
                    .getFirst();
            assertThat(audit.plans()).extracting(ActionPlanEntity::uuid).containsExactly(uuid.toString());
            assertThat(audit.plans()).extracting(ActionPlanEntity::strategyName).containsExactly("basic");

            Audit deleted = audits.change(recommended, AuditState.DELETED, Optional.of("why"), REQUEST)
                    .orElseThrow();
            assertThat(deleted.times().deletedAt()).isNotNull();
            assertThat(audits.find("an audit", true)).isEmpty();
            assertThat(audits.create(REQUEST)).isPresent();
            assertThat(Neo4jServer.query("""
                            MATCH (change:Revision:Unordered {auditUuid: $audit})
                            RETURN change.number + coalesce(change.oldState, '') + change.state AS it ORDER BY change.number
                            """, Map.of("audit", created.uuid())))
                    .extracting(row -> row.get("it").asString())
                    .containsExactly("1PENDING", "2PENDINGSUCCEEDED", "3SUCCEEDEDDELETED");
        }
    }

    @Test
    void aTemplateIsSavedAndChanged() {
        AuditStore audits = new AuditStore(entities);
        NewTemplate content = new NewTemplate("t", Optional.of("d"), "dummy", Optional.of("basic"), "[]", "{}");
        var created = audits.create(content).orElseThrow();

        NewTemplate other = new NewTemplate("u", Optional.empty(), "dummy", Optional.empty(), "[]", "{}");
        assertThat(audits.change(created, other)).isPresent();

        assertThat(audits.findTemplate("t", false)).isEmpty();
        assertThat(audits.findTemplate("u", false).orElseThrow().content()).isEqualTo(other);
        assertThat(audits.listTemplates(
                        new AuditStore.Filter(Optional.of("dummy"), Optional.empty(), false), Page.first(9)))
                .hasSize(1);
    }

    @Test
    void aWebhookIsSavedAndWhatIsToldOfItLater() {
        WebhookStore webhooks = new WebhookStore(graph, entities);
        var created = webhooks.create("http://example.com", List.of("action.*", "action_plan.*"), "secret");

        var claim = webhooks.claim(created.uuid(), "me", Duration.ofMinutes(1)).orElseThrow();
        webhooks.report(claim, new Told(claim.cursor(), 3), new Then.TryAgain("broken", Duration.ofMinutes(1)));

        var found = webhooks.find(UUID.fromString(created.uuid())).orElseThrow();
        assertThat(claim.secret()).isEqualTo("secret");
        assertThat(found.events()).isEqualTo(created.events()).hasSize(2);
        assertThat(found.createdAt()).isEqualTo(created.createdAt());
        assertThat(found.progress().delivered()).isEqualTo(3);
        assertThat(found.progress().lastError()).isEqualTo("broken");
        assertThat(found.progress().nextAttemptAt()).isNotNull();
        assertThat(webhooks.list(Page.first(9))).containsExactly(found);
    }

    @Test
    void theyHaveAllThatIsStored() {
        try (Rig rig = new Rig()) {
            rig.start(NestedPlan.reverting(2, 3));
            rig.start(PlanBuilder.plan()
                    .action("again", "fail", Map.of("message", "no"))
                    .tried(2)
                    .deadline(Duration.ofMinutes(1))
                    .revertTimeout(Duration.ofMinutes(1))
                    .planDeadline(Duration.ofMinutes(1))
                    .notBefore(rig.clock.instant())
                    .timeout(Duration.ofMinutes(1))
                    .estimated(Duration.ofSeconds(1))
                    .build());
            run(rig);
            UUID plan = rig.start(running().build());
            rig.applier(8).step(true);
            aWebhookIsSavedAndWhatIsToldOfItLater();
            aTemplateIsSavedAndChanged();
            AuditStore audits = new AuditStore(entities);
            audits.recommend(audits.create(REQUEST).orElseThrow(), plan, plan);

            for (Class<?> node : NODES) {
                assertThat(EntitySchema.fields(node))
                        .as("properties of " + node.getSimpleName())
                        .containsAll(strings("MATCH (n:%s) UNWIND keys(n) AS key RETURN DISTINCT key AS it"
                                .formatted(EntitySchema.label(node))));
            }
            for (Class<?> type : RELATIONSHIPS) {
                assertThat(EntitySchema.fields(type))
                        .as("properties of " + type.getSimpleName())
                        .containsAll(strings("MATCH ()-[r:%s]->() UNWIND keys(r) AS key RETURN DISTINCT key AS it"
                                .formatted(type.getAnnotation(RelationshipEntity.class)
                                        .value())));
            }
            assertThat(EntitySchema.relationships(NODES)).containsAll(strings("""
                            MATCH (n)-[r]->(m)
                            RETURN DISTINCT labels(n)[0] + ' ' + type(r) + ' ' + labels(m)[0] AS it
                            """));
            Set<String> known = NODES.stream().map(EntitySchema::label).collect(Collectors.toCollection(TreeSet::new));
            known.addAll(NO_ENTITIES);
            assertThat(known)
                    .containsAll(strings("MATCH (n) WHERE NOT n:Action UNWIND labels(n) AS l RETURN DISTINCT l AS it"));
        }
    }

    @Test
    void allThatTheyHaveIsStoredByStatements() throws IOException {
        String statements;
        try (Stream<Path> files = Files.walk(Path.of("cypher"))) {
            statements = files.filter(file -> file.toString().endsWith(".cypher"))
                    .filter(file -> !file.startsWith(Path.of("cypher", "explore")))
                    .map(EntitiesTest::read)
                    .collect(Collectors.joining("\n"));
        }
        String rows = read(Path.of("src/main/java/interlock/neo4j/store/PlanGraphWriter.java"))
                + read(Path.of("src/main/java/interlock/neo4j/store/PlanStore.java"));

        for (Class<?> node : NODES) {
            assertThat(statements).contains(":" + EntitySchema.label(node));
            if (node != AuditEntity.class && node != AuditTemplateEntity.class && node != WebhookEntity.class) {
                assertThat(EntitySchema.fields(node))
                        .as("properties of " + node.getSimpleName())
                        .allMatch(field -> statements.matches("(?s).*\\b" + field + "\\b.*")
                                || rows.contains("\"%s\"".formatted(field)));
            }
        }
        assertThat(EntitySchema.relationships(NODES)).allMatch(it -> statements.contains(":" + it.split(" ")[1]));
    }

    private static PlanBuilder running() {
        return PlanBuilder.plan()
                .capacity("compute_host", "h1", 2)
                .action("move")
                .using("compute_host", "h1", 2)
                .action("check", "move");
    }

    private static void run(Rig rig) {
        Applier applier = rig.applier(8);
        for (int step = 0; step < 40; step++) {
            applier.step(true);
            rig.clock.pass(Duration.ofSeconds(1));
            rig.runStarted();
        }
    }

    private static Map<String, Object> plan(UUID uuid) {
        return Map.of("plan", uuid.toString());
    }

    private static ActionEntity action(ActionPlanEntity plan, String id) {
        return plan.actions().stream()
                .filter(action -> action.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> strings(String cypher) {
        return Neo4jServer.query(cypher, Map.of()).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
