package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The KV cache of a model that only remembers which token it saw: cells by sequence and position, as llama.cpp has them. */
final class FakeCells implements Cells {

    private final Map<Integer, TreeMap<Integer, Cell>> sequences = new HashMap<>();
    private int computed;

    /** What is in a cell follows from all tokens up to it. */
    private record Cell(int id, int token, int before) {}

    @Override
    public void share(int from, int to, int start, int end) {
        Map<Integer, Cell> range = Map.copyOf(of(from).subMap(start, end));
        assertThat(range).as("positions %d to %d of %d", start, end, from).hasSize(end - start);
        range.keySet()
                .forEach(position -> assertThat(of(to)).as("sequence %d", to).doesNotContainKey(position));
        of(to).putAll(range);
    }

    @Override
    public void drop(int sequence, int start, int end) {
        of(sequence).subMap(start, end).clear();
    }

    /** Computes rows of a sequence, which must follow what it has. */
    void compute(Step.Rows rows) {
        Sequence sequence = rows.sequence();
        TreeMap<Integer, Cell> own = of(sequence.slot());
        for (int position = rows.from(); position < rows.from() + rows.count(); position++) {
            assertThat(own).as("positions of %d", sequence.slot()).hasSize(position);
            int before = position == 0 ? 17 : hash(cell(own, position - 1));
            own.put(position, new Cell(computed++, sequence.token(position), before));
        }
    }

    private static int hash(Cell cell) {
        return 31 * cell.before() + cell.token();
    }

    /** Each cell of the sequence was computed after exactly the tokens that the sequence has before it. */
    void verify(Sequence sequence) {
        int before = 17;
        for (int position = 0; position < sequence.computed(); position++) {
            Cell cell = cell(of(sequence.slot()), position);
            assertThat(cell.token()).isEqualTo(sequence.token(position));
            assertThat(cell.before()).isEqualTo(before);
            before = hash(cell);
        }
    }

    /** Cells that some sequence has. */
    int used() {
        Set<Integer> used = new HashSet<>();
        sequences.values().forEach(cells -> cells.values().forEach(cell -> used.add(cell.id())));
        return used.size();
    }

    /** Rows that were computed. */
    int computed() {
        return computed;
    }

    private static Cell cell(Map<Integer, Cell> cells, int position) {
        return Optional.ofNullable(cells.get(position)).orElseThrow();
    }

    private TreeMap<Integer, Cell> of(int sequence) {
        return sequences.computeIfAbsent(sequence, id -> new TreeMap<>());
    }
}
