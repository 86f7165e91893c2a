"""The analysers of what the picture shows: sharpness, compression, flashes and flicker, cuts, keys, text, scenes."""

from app.media.analysers.base import PictureAnalyser
from app.media.analysers.blocky import BlockinessAnalyser
from app.media.analysers.blurred import BlurAnalyser
from app.media.analysers.chroma_key import ChromaKeyAnalyser
from app.media.analysers.flash import FlashAnalyser
from app.media.analysers.flicker import FlickerAnalyser
from app.media.analysers.picture_depth import PictureDepthAnalyser
from app.media.analysers.shot_change import ShotChangeAnalyser
from app.media.analysers.small_text import SmallTextAnalyser
from app.media.analysers.thumbnails import ThumbnailAnalyser
from app.media.analysers.upscaled import UpscaleAnalyser


def content_analysers() -> tuple[PictureAnalyser, ...]:
    """Make a fresh set for one recording."""
    return (
        BlurAnalyser(),
        UpscaleAnalyser(),
        BlockinessAnalyser(),
        FlashAnalyser(),
        FlickerAnalyser(),
        ShotChangeAnalyser(),
        ChromaKeyAnalyser(),
        PictureDepthAnalyser(),
        SmallTextAnalyser(),
        ThumbnailAnalyser(),
    )
