package dev.gatehouse.bench.model;

/**
 * The measures of a mixture-of-experts model.
 *
 * @param context longest sequence, in tokens
 * @param layers all of them
 * @param dense layers at the beginning that have no experts
 * @param denseWidth of these layers
 */
record Shape(
        String name,
        int vocabulary,
        int context,
        int layers,
        int dense,
        int embedding,
        int denseWidth,
        Attention attention,
        Experts experts) {

    /** A multiple of this many values can be stored in 8 bits. */
    private static final int ROW = 32;

    Shape withContext(int tokens) {
        return new Shape(name, vocabulary, tokens, layers, dense, embedding, denseWidth, attention, experts);
    }

    Shape withVocabulary(int tokens) {
        return new Shape(name, tokens, context, layers, dense, embedding, denseWidth, attention, experts);
    }

    Shape withLayers(int count) {
        return new Shape(name, vocabulary, context, count, dense, embedding, denseWidth, attention, experts);
    }

    /** With fewer or more experts; a token then uses no more than there are. */
    Shape withExperts(int count) {
        int groups = count % experts.groups() == 0 && count > experts.groups() ? experts.groups() : 1;
        Experts fewer = new Experts(
                count,
                Math.min(count, experts.used()),
                groups,
                Math.min(groups, experts.groupsUsed()),
                experts.shared(),
                experts.width(),
                experts.sigmoid());
        return new Shape(name, vocabulary, context, layers, dense, embedding, denseWidth, attention, fewer);
    }

    /** All widths, ranks and numbers of heads in proportion; heads keep their own widths. */
    Shape withEmbedding(int width) {
        double by = (double) width / embedding;
        Experts scaled = new Experts(
                experts.count(),
                experts.used(),
                experts.groups(),
                experts.groupsUsed(),
                experts.shared(),
                row(experts.width() * by),
                experts.sigmoid());
        return new Shape(
                name, vocabulary, context, layers, dense, width, row(denseWidth * by), scaled(attention, by), scaled);
    }

    private static Attention scaled(Attention attention, double by) {
        return switch (attention) {
            case Attention.Latent a ->
                new Attention.Latent(
                        heads(a.heads() * by),
                        a.queryRank() == 0 ? 0 : row(a.queryRank() * by),
                        row(a.keyRank() * by),
                        a.rope(),
                        a.key(),
                        a.value());
            case Attention.Grouped a -> {
                int keyHeads = heads(a.keyHeads() * by);
                int group = a.heads() / a.keyHeads();
                yield new Attention.Grouped(keyHeads * group, keyHeads, a.width());
            }
        };
    }

    private static int heads(double count) {
        return (int) Math.max(1, Math.round(count));
    }

    private static int row(double width) {
        return (int) Math.max(1, Math.round(width / ROW)) * ROW;
    }
}
