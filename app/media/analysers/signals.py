"""The analysers of motion, light and signal: what stands still, repeats, burns, drowns, is tinted, cut or striped."""

from app.media.analysers.base import PictureAnalyser
from app.media.analysers.border import BorderAnalyser
from app.media.analysers.colour_cast import ColourCastAnalyser
from app.media.analysers.duplicates import DuplicatesAnalyser
from app.media.analysers.exposure import ExposureAnalyser
from app.media.analysers.freeze import FreezeAnalyser
from app.media.analysers.illegal_range import IllegalRangeAnalyser
from app.media.analysers.material import Material
from app.media.analysers.stripe import StripeAnalyser
from app.media.analysers.uneven_light import UnevenLightAnalyser


def signal_analysers() -> tuple[PictureAnalyser, ...]:
    """Make a fresh set for one recording; the first one tells the others what material they look at."""
    material = Material()
    return (
        material,
        FreezeAnalyser(material),
        DuplicatesAnalyser(),
        ExposureAnalyser(material),
        IllegalRangeAnalyser(),
        UnevenLightAnalyser(material),
        ColourCastAnalyser(material),
        BorderAnalyser(material),
        StripeAnalyser(material),
    )
