package dev.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class HeadWithBodyTests {

    private final EmbeddedChannel channel = new EmbeddedChannel();

    HeadWithBodyTests() {
        HeadWithBody.on(channel);
    }

    @Test
    void aHeadCountsAsWrittenBeforeItLeaves() {
        ChannelFuture head = channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(head.isSuccess()).isTrue();
        assertThat(channel.outboundMessages()).isEmpty();
        channel.flush();
        assertThat(channel.outboundMessages()).hasSize(1);
    }

    @Test
    void aBodyIsWrittenWhenItHasLeft() {
        ChannelFuture body = channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[] {1})));
        assertThat(body.isDone()).isFalse();
        channel.flush();
        assertThat(body.isSuccess()).isTrue();
    }

    @Test
    void anAnswerInOnePieceIsWrittenWhenItHasLeft() {
        ChannelFuture whole = channel.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(whole.isDone()).isFalse();
        channel.flush();
        assertThat(whole.isSuccess()).isTrue();
    }

    @Test
    void aConnectionGetsItOnce() {
        HeadWithBody.on(channel);
        assertThat(channel.pipeline().toMap().values())
                .filteredOn(HeadWithBody.class::isInstance)
                .hasSize(1);
    }
}
