package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final int LONGER_THAN_READERS_TAKE_BY_THEMSELVES = 20_000_001;

    @Test
    void aTextOfAnyLengthIsReadBack() {
        Map<String, Object> object = Map.of("text", "x".repeat(LONGER_THAN_READERS_TAKE_BY_THEMSELVES));

        String json = Json.write(object);

        assertThat(Json.readObject(json).equals(object)).isTrue();
        assertThat(Json.readTree(json, JsonNode.class).path("text").textValue())
                .hasSize(LONGER_THAN_READERS_TAKE_BY_THEMSELVES);
    }

    @Test
    void namesAndNumbersOfAnyLengthAreReadBack() {
        Map<String, Object> object = Map.of("n".repeat(100_000), new java.math.BigInteger("9".repeat(5_000)));

        assertThat(Json.readObject(Json.write(object)).equals(object)).isTrue();
    }

    @Test
    void whatCannotBeReadIsToldByItsPlaceAndNotByItsText() {
        for (String json : List.of("{\"password\": hunter2}", "{\"password\": \"hunter2", "[\"hunter2\"]", "hunter2")) {
            assertThatThrownBy(() -> Json.readObject(json))
                    .isInstanceOf(Json.Unreadable.class)
                    .hasMessageStartingWith("the graph contains unreadable JSON, at line 1, column ")
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
    }
}
