package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.neo4j.Neo4jServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class PendingWritesTest {
    private final PendingWrites writers = new PendingWrites();
    private final Transactions first = writers.counting(Neo4jServer.embedded(Optional.empty()));
    private final Transactions second = writers.counting(Neo4jServer.graph());

    @Test
    void somebodyWaitsAsLongAsAnyWriteHasNotEnded() {
        assertThat(writers.anyWaits()).isFalse();

        boolean both = first.write(_ -> second.write(_ -> writers.anyWaits()));
        boolean one = first.write(_ -> {
            second.write(_ -> "");
            return writers.anyWaits();
        });

        assertThat(both).isTrue();
        assertThat(one).isTrue();
        assertThat(writers.anyWaits()).isFalse();
    }

    @Test
    void whoReadsDoesNotCount() {
        assertThat((boolean) first.read(_ -> writers.anyWaits())).isFalse();
    }

    @Test
    void aWriteThatFailsHasEnded() {
        assertThatThrownBy(() -> first.write(_ -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(writers.anyWaits()).isFalse();
    }
}
