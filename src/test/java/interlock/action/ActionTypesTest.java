package interlock.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.ResourceUse;
import interlock.api.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActionTypesTest {
    /** Does nothing. A test says what is different. */
    private static class Plain implements ActionType {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public String description() {
            return "Does nothing.";
        }

        @Override
        public String parametersSchema() {
            return "{}";
        }

        @Override
        public boolean idempotent(Map<String, Object> inputParameters) {
            throw new IllegalStateException("not without parameters");
        }

        @Override
        public Result execute(Execution execution) {
            return Result.succeeded();
        }
    }

    @Test
    void aTypeThatDoesNotSayWhatItIsIsNotInstalled() {
        assertThatThrownBy(() -> new ActionTypes(List.of(new Plain() {
                    @Override
                    public @Nullable String name() {
                        return null;
                    }
                })))
                .hasMessageContaining("returned null from its method name; a text was expected");
        assertThatThrownBy(() -> new ActionTypes(List.of(new Plain() {
                    @Override
                    public String parametersSchema() {
                        return "{";
                    }
                })))
                .hasMessageContaining("its parameters' schema is not JSON");
    }

    @Test
    void aTypeThatCannotSayWhetherItMayBeRepeatedMayNot() {
        assertThat(new ActionTypes(List.of(new Plain()))
                        .find("plain")
                        .orElseThrow()
                        .idempotent())
                .isFalse();
    }

    @Test
    void aTypeThatCannotSayWhatItUsesIsNamed() {
        ActionTypes types = new ActionTypes(List.of(new Plain() {
            @Override
            public @Nullable List<ResourceUse> uses(Map<String, Object> inputParameters) {
                return null;
            }
        }));

        assertThatThrownBy(() -> types.find("plain").orElseThrow().uses(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("action type 'plain' cannot say which resources this action uses:"
                        + " it threw NullPointerException");
    }
}
