package interlock.neo4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import interlock.model.AuditState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Page;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.AuditStore.Filter;
import interlock.neo4j.store.AuditStore.Request;
import interlock.neo4j.store.AuditStore.Schedule;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.PlanReader.PlanFilter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** States that a later version or another client has written: the lists still show all objects. */
@ExtendWith(Neo4jServer.class)
class UnknownStatesTest {
    private static final String PLANS = """
            UNWIND ['ONGOING', 'HIBERNATED'] AS state
            CREATE (:ActionPlan {
              uuid: randomUUID(), number: 1, name: state, planner: 'explicit', state: state, onFailure: 'stop', paused: false,
              revision: 1, actionsTotal: 0, pending: 0, ongoing: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0, standby: 0,
              createdAt: datetime()
            })
            """;

    private EntityTransactions entities;
    private Graph graph;

    @BeforeEach
    void open(Graph server) {
        graph = server;
        entities = Neo4jServer.entities(server);
    }

    @Test
    void aPlanInAnUnknownStateIsListedWithTheOthers() {
        Neo4jServer.query(PLANS, Map.of());

        assertThat(new PlanReader(graph, entities).plans(PlanFilter.ANY, Page.first(9)))
                .extracting(
                        ActionPlanEntity::name,
                        plan -> plan.state().name(),
                        plan -> plan.state().known().isPresent())
                .containsExactlyInAnyOrder(tuple("ONGOING", "ONGOING", true), tuple("HIBERNATED", "HIBERNATED", false));
    }

    @Test
    void anAuditInAnUnknownStateIsListedButHasNoStateToGoOnFrom() {
        AuditStore audits = new AuditStore(entities);
        audits.create(request("known")).orElseThrow();
        audits.create(request("unknown")).orElseThrow();
        Neo4jServer.query("MATCH (audit:Audit {name: 'unknown'}) SET audit.state = 'HIBERNATED'", Map.of());

        assertThat(audits.list(new Filter(Optional.empty(), Optional.empty(), false), Page.first(9)))
                .extracting(audit -> audit.state().name())
                .containsExactly("PENDING", "HIBERNATED");
        Audit unknown = audits.find("unknown", false).orElseThrow();
        assertThat(unknown.state().is(AuditState.PENDING)).isFalse();
        assertThatThrownBy(unknown.state()::orThrow)
                .hasMessage("the stored state 'HIBERNATED' is unknown to this version");
    }

    private static Request request(String name) {
        return new Request(name, "dummy", "dummy", "{}", "[]", false, false, Schedule.NONE);
    }
}
